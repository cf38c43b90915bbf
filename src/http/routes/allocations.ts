/** Allocations: leads divide what was extracted for their own team, and sign for it. */
import type { Allocation, allocationRoutes } from '../../contract/segments.ts';
import type { Viewer } from '../../contract/quality.ts';
import { ApiError } from '../errors.ts';
import { extractionsShown } from '../extraction-shape.ts';
import type { Handlers } from '../handler.ts';
import { peopleOf } from '../people.ts';
import type { Services } from '../services.ts';

export function allocationHandlers(services: Services): Handlers<keyof typeof allocationRoutes> {
  const { database, allocations, audit } = services;
  const { client } = database;
  /** @throws ApiError not-found, also for extractions of other centres and, for leads, of other teams */
  const mustSee = async (viewer: Viewer, id: string): Promise<void> => {
    const row = await client.extraction.findUnique({ where: { id }, select: { centreId: true, teamId: true } });
    const own = viewer.role === 'lead' ? row?.teamId === viewer.teamId : row?.centreId === viewer.centreId;
    if (row === null || !own) throw new ApiError('not-found');
  };
  const shown = async (viewer: Viewer, id: string): Promise<Allocation> => {
    const [row, { agents, signatures, ...counts }] = await Promise.all([
      allocations.extraction(id),
      allocations.show(id),
    ]);
    const [extraction] = await extractionsShown(client, viewer, [row]);
    if (extraction === undefined) throw new ApiError('not-found');
    const person = await peopleOf(client, viewer, [
      ...agents.map(({ agentId }) => agentId),
      ...signatures.flatMap(({ by, shares }) => [by, ...shares.map(({ agentId }) => agentId)]),
    ]);
    return {
      ...{ extraction, ...counts },
      agents: agents.map(({ agentId, types, regions, contacts }) => ({
        ...{ agent: person(agentId), types: [...types], regions: [...regions], contacts },
      })),
      signatures: signatures.map(({ by, shares, ...signature }) => ({
        ...{ ...signature, by: person(by) },
        shares: shares.map(({ agentId, contacts }) => ({ agent: person(agentId), contacts })),
      })),
    };
  };

  return {
    'GET /api/extractions/:id/allocation': async ({ params, viewer }) => {
      await mustSee(viewer, params.id);
      return shown(viewer, params.id);
    },
    'POST /api/extractions/:id/allocation/preview': async ({ params, body, viewer }) => {
      await mustSee(viewer, params.id);
      const { shares, ...counts } = await allocations.preview(params.id, body);
      const person = await peopleOf(
        client,
        viewer,
        shares.map(({ agentId }) => agentId),
      );
      return { ...counts, shares: shares.map(({ agentId, contacts }) => ({ agent: person(agentId), contacts })) };
    },
    'POST /api/extractions/:id/allocation': async ({ params, body, viewer }) => {
      await mustSee(viewer, params.id);
      const { number, way, shares, nobody } = await allocations.sign(params.id, body, { userId: viewer.userId });
      await audit.record({
        ...{ actorId: viewer.userId, action: 'contacts-allocated', subjectType: 'extraction', subjectId: params.id },
        detail: { number, way, agents: shares.length, nobody },
      });
      return shown(viewer, params.id);
    },
    'PUT /api/agents/:id/skills': async ({ params, body, viewer }) => {
      const where = { id: params.id, role: 'agent', teamId: viewer.teamId };
      const before = await client.agentSkill.findUnique({ where: { userId: params.id } });
      if (viewer.teamId === null || (await client.user.count({ where })) === 0) throw new ApiError('not-found');
      await allocations.setSkills(params.id, body, { userId: viewer.userId });
      await audit.record({
        ...{ actorId: viewer.userId, action: 'agent-skills-changed', subjectType: 'user', subjectId: params.id },
        detail: {
          typesBefore: (before?.types ?? []).join(', '),
          regionsBefore: (before?.regions ?? []).join(', '),
          typesAfter: body.types.join(', '),
          regionsAfter: body.regions.join(', '),
        },
      });
      return {};
    },
  };
}
