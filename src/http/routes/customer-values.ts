/** What a client's customers are worth: counts and settings for who sees the client, single customers for who may look at them. */
import { maskNumber } from '../../../dialer/index.ts';
import type { customerValueRoutes } from '../../contract/customer-values.ts';
import type { Viewer } from '../../contract/quality.ts';
import { customersSeen } from '../customer-sight.ts';
import type { Handlers } from '../handler.ts';
import { cut, readId } from '../page.ts';
import type { Services } from '../services.ts';

export function customerValueHandlers({
  database,
  customers,
  audit,
}: Services): Handlers<keyof typeof customerValueRoutes> {
  const { client } = database;
  const { values, reading, pages } = customers;
  const note = (viewer: Viewer, action: string, clientId: string, detail: Record<string, string | number>) =>
    audit.record({ actorId: viewer.userId, action, subjectType: 'client', subjectId: clientId, detail });

  return {
    'GET /api/clients/:id/values': async ({ params, query, viewer }) => {
      const { owner } = await customersSeen(client, viewer, params.id);
      const months = (await reading.known(owner)).toReversed();
      const month = query.month ?? months[0] ?? null;
      const { version, settings } = await values.settings(owner);
      if (month === null) return { month, months, version, settings, classes: [], unknown: 0 };
      const { classes, unknown } = await values.summary(owner, month);
      return {
        ...{ month, months, version, settings, unknown },
        classes: classes.map(({ class: of, customers: people, byChange, spend }) => ({
          ...{ class: of, customers: people, byChange, spend: people === 0 ? null : spend / people },
        })),
      };
    },

    'GET /api/clients/:id/values/customers': async ({ params, query, viewer }) => {
      const sight = await customersSeen(client, viewer, params.id);
      const { limit, month, class: of } = query;
      const afterId = readId(query.after);
      const last = afterId === null ? null : await pages.find(sight, { id: afterId });
      const page = { after: last?.number ?? null, take: limit + 1 };
      const rows = await values.behind(sight, { month, class: of }, page);
      if (afterId === null) await note(viewer, 'customers-read', params.id, { month });
      return cut(
        rows,
        limit,
        ({ customerId }) => customerId,
        ({ customerId, number, value: { points, measures, cause, month: until } }) => ({
          ...{ id: customerId, numberMasked: maskNumber(number), points, measures, cause, month: until },
        }),
      );
    },

    'GET /api/clients/:id/values/versions': async ({ params, viewer }) => {
      const { owner } = await customersSeen(client, viewer, params.id);
      const versions = await values.versions(owner);
      const ids = versions.flatMap(({ changedBy }) => (changedBy === null ? [] : [changedBy]));
      const people = await client.user.findMany({ where: { id: { in: ids } } });
      const nameOf = (id: string | null) => people.find((one) => one.id === id)?.displayName ?? null;
      return { items: versions.map((version) => ({ ...version, changedBy: nameOf(version.changedBy) })) };
    },

    'PUT /api/clients/:id/values/settings': async ({ params, body, viewer }) => {
      const { owner } = await customersSeen(client, viewer, params.id);
      const kept = await values.change(owner, body, { userId: viewer.userId });
      await note(viewer, 'value-settings-changed', params.id, { version: kept.version });
      const { displayName } = await client.user.findUniqueOrThrow({ where: { id: viewer.userId } });
      return { ...kept, changedBy: displayName };
    },
  };
}
