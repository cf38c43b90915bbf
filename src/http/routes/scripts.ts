import { createHash } from 'node:crypto';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { Viewer } from '../../contract/quality.ts';
import {
  type ScriptBody,
  type ScriptVersion,
  scriptBody,
  type scriptRoutes,
  scriptState,
  wordlessPart,
} from '../../contract/scripts.ts';
import { canonical } from '../../platform/audit.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import type { Services } from '../services.ts';
import { NOBODY } from '../scope.ts';
import { refuse } from './users.ts';

const include = { script: { include: { product: true } } } as const satisfies Prisma.ScriptVersionInclude;
type Row = Prisma.ScriptVersionGetPayload<{ include: typeof include }>;

/** Inspections and campaigns prove by this which text was spoken. */
export function textHashOf(body: ScriptBody): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}

export function scriptHandlers({ database, audit, clock }: Services): Handlers<keyof typeof scriptRoutes> {
  const { client } = database;

  const read = async (viewer: Viewer, id: string): Promise<ScriptVersion> => {
    const row = await client.scriptVersion.findUnique({ where: { id }, include });
    if (row === null || (viewer.role === 'client' && row.script.product.clientId !== viewer.clientId))
      throw new ApiError('not-found');
    const approver = row.approvedBy === null ? null : await client.user.findUnique({ where: { id: row.approvedBy } });
    return show(row, approver?.displayName ?? null);
  };
  const note = (viewer: Viewer, action: string, id: string, detail?: Record<string, string>) =>
    audit.record({
      actorId: viewer.userId,
      action,
      subjectType: 'script-version',
      subjectId: id,
      ...(detail === undefined ? {} : { detail }),
    });
  /** A step of a version's life by a conditional update, so that two at once cannot both take it. */
  const move = async (
    viewer: Viewer,
    id: string,
    from: string[],
    data: Prisma.ScriptVersionUpdateManyMutationInput,
    refusal: 'wrong-state' | 'script-not-draft' = 'wrong-state',
    textHash?: string,
  ) => {
    await read(viewer, id);
    const { count } = await client.scriptVersion.updateMany({
      where: { id, state: { in: from }, ...(textHash === undefined ? {} : { textHash }) },
      data,
    });
    if (count === 0) throw new ApiError(refusal);
    return read(viewer, id);
  };

  return {
    'GET /api/scripts': async ({ viewer }) => {
      const rows = await client.script.findMany({
        ...(viewer.role === 'client' ? { where: { product: { clientId: viewer.clientId ?? NOBODY } } } : {}),
        orderBy: { name: 'asc' },
        include: { product: true, versions: { orderBy: { version: 'desc' } } },
      });
      return {
        items: rows.map(({ id, name, product, versions }) => ({
          id,
          name,
          productId: product.id,
          productName: product.name,
          versions: versions.map((row) => ({
            id: row.id,
            version: row.version,
            state: scriptState.parse(row.state),
            createdAt: row.createdAt.getTime(),
            approvedAt: row.approvedAt?.getTime() ?? null,
          })),
        })),
      };
    },

    'POST /api/scripts': async ({ body, viewer }) => {
      const script = await client.script
        .create({
          data: {
            productId: body.productId,
            name: body.name,
            versions: { create: draft(1, body.body, clock.now()) },
          },
          include: { versions: true },
        })
        .catch(refuse);
      const id = script.versions[0]?.id ?? NOBODY;
      await note(viewer, 'script-created', id);
      return read(viewer, id);
    },

    'POST /api/scripts/:id/versions': async ({ params, body, viewer }) => {
      const last = await client.scriptVersion.aggregate({ where: { scriptId: params.id }, _max: { version: true } });
      if (last._max.version === null) throw new ApiError('not-found');
      const { id } = await client.scriptVersion
        .create({ data: { scriptId: params.id, ...draft(last._max.version + 1, body.body, clock.now()) } })
        .catch(refuse);
      await note(viewer, 'script-drafted', id);
      return read(viewer, id);
    },

    'GET /api/script-versions/:id': ({ params, viewer }) => read(viewer, params.id),

    'PUT /api/script-versions/:id': ({ params, body, viewer }) =>
      move(viewer, params.id, ['draft'], { body: body.body, textHash: textHashOf(body.body) }, 'script-not-draft'),

    'POST /api/script-versions/:id/submit': async ({ params, viewer }) => {
      const { body, textHash } = await read(viewer, params.id);
      const field = wordlessPart(body);
      if (field !== undefined) throw new ApiError('script-incomplete', { field });
      // The words that were looked at are the ones that go to the client, whoever saves meanwhile.
      const version = await move(viewer, params.id, ['draft'], { state: 'submitted' }, 'wrong-state', textHash);
      await note(viewer, 'script-submitted', params.id);
      return version;
    },
    'POST /api/script-versions/:id/approve': async ({ params, viewer }) => {
      const version = await move(viewer, params.id, ['submitted'], {
        state: 'approved',
        approvedAt: new Date(clock.now()),
        approvedBy: viewer.userId,
      });
      await note(viewer, 'script-approved', params.id, { textHash: version.textHash });
      return version;
    },
    'POST /api/script-versions/:id/withdraw': async ({ params, body, viewer }) => {
      const version = await move(viewer, params.id, ['submitted', 'approved'], { state: 'withdrawn' });
      await note(viewer, 'script-withdrawn', params.id, { why: body.why });
      return version;
    },
  };
}

function draft(version: number, body: ScriptBody, now: number) {
  return { version, body, textHash: textHashOf(body), state: 'draft', createdAt: new Date(now) };
}

function show(row: Row, approvedBy: string | null): ScriptVersion {
  return {
    id: row.id,
    scriptId: row.scriptId,
    scriptName: row.script.name,
    productId: row.script.product.id,
    productName: row.script.product.name,
    version: row.version,
    state: scriptState.parse(row.state),
    body: scriptBody.parse(row.body),
    textHash: row.textHash,
    createdAt: row.createdAt.getTime(),
    approvedAt: row.approvedAt?.getTime() ?? null,
    approvedBy,
  };
}
