import type { Prisma } from '../../../prisma/generated/client.ts';
import { type ContactList, listState, type listRoutes } from '../../contract/lists.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { rejectedLines } from '../rejected-lines.ts';
import type { Services } from '../services.ts';
import { partsOf, requireNames, wholeFile } from '../upload.ts';
import { attemptHandlers } from './attempts.ts';
import { mustSee, recordOf } from './campaign-shape.ts';
import { contactHandlers } from './contacts.ts';

type ListRow = Prisma.ContactListGetPayload<object>;

export function listHandlers(services: Services): Handlers<keyof typeof listRoutes> {
  const { database, dialer, audit, imports, longJobs } = services;
  const { client } = database;

  const show = async (rows: ListRow[]): Promise<ContactList[]> => {
    const ids = rows.flatMap(({ importedBy }) => (importedBy === null ? [] : [importedBy]));
    const people = await client.user.findMany({ where: { id: { in: ids } } });
    return rows.map((row) => ({
      id: row.id,
      campaignId: row.campaignId,
      name: row.name,
      fileName: row.fileName,
      planned: row.planId !== null,
      encoding: row.encoding,
      state: listState.parse(row.state),
      failure: failureOf(row.failure),
      total: row.total,
      accepted: row.accepted,
      rejected: row.rejected,
      importedBy: people.find(({ id }) => id === row.importedBy)?.displayName ?? null,
      importedAt: row.importedAt.getTime(),
      linesRead: row.state === 'importing' ? imports.of(row.id) : null,
    }));
  };
  const one = async (id: string): Promise<ContactList> => {
    const row = await client.contactList.findUnique({ where: { id } });
    const [list] = row === null ? [] : await show([row]);
    if (list === undefined) throw new ApiError('not-found');
    return list;
  };
  const seen = async (viewer: Parameters<typeof mustSee>[1], id: string): Promise<ContactList> => {
    const list = await one(id);
    await mustSee(client, viewer, list.campaignId);
    return list;
  };

  const rejected = rejectedLines(services, (listId, after, take) =>
    client.rejectedLine.findMany({ where: { listId, line: { gt: after } }, orderBy: { line: 'asc' }, take }),
  );

  return {
    'POST /api/campaigns/:id/lists': async ({ params, viewer, request }) => {
      await mustSee(client, viewer, params.id);
      const { fields, file } = await partsOf(request);
      const { name = '' } = fields;
      const listName = name === '' ? file.filename : name;
      requireNames(file, { name: listName, file: file.filename });
      let listId = '';
      const result = await longJobs
        .follow({ kind: 'contact-list', subjectId: params.id, about: listName, userId: viewer.userId }, (progress) =>
          dialer.lists.importFile({
            campaignId: params.id,
            name: listName,
            fileName: file.filename,
            content: wholeFile(file),
            by: { userId: viewer.userId },
            onProgress: ({ listId: known, lines }) => {
              listId = known;
              imports.set(params.id, known, lines);
              progress(lines);
            },
          }),
        )
        .finally(() => {
          imports.done(listId);
          // Whatever a refused import left unread: the connection must not wait for it.
          file.file.resume();
        });
      await audit.record({
        actorId: viewer.userId,
        action: 'list-imported',
        subjectType: 'list',
        subjectId: result.listId,
        detail: { state: result.state, accepted: result.accepted, rejected: result.rejected },
      });
      return one(result.listId);
    },

    'GET /api/campaigns/:id/lists': async ({ params, viewer }) => {
      await mustSee(client, viewer, params.id);
      const rows = await client.contactList.findMany({
        where: { campaignId: params.id },
        orderBy: { importedAt: 'desc' },
        take: 500,
      });
      return { items: await show(rows) };
    },

    'GET /api/lists/:id': ({ params, viewer }) => seen(viewer, params.id),

    'GET /api/lists/:id/rejected': async ({ params, query, viewer }) => {
      await seen(viewer, params.id);
      return rejected.page(params.id, query);
    },

    'GET /api/lists/:id/rejected.csv': async ({ params, viewer }) => {
      const { campaignId, name } = await seen(viewer, params.id);
      const total = await client.rejectedLine.count({ where: { listId: params.id } });
      return rejected.file(viewer, { id: params.id, subjectType: 'list', of: campaignId, about: name, total });
    },

    ...contactHandlers(services),
    ...attemptHandlers(services),
  };
}

/** Why an import was not taken. */
export function failureOf(json: unknown): ContactList['failure'] {
  if (json === null || json === undefined) return null;
  const { code, field, line } = recordOf(json);
  return { code: String(code ?? ''), field: String(field ?? ''), line: typeof line === 'number' ? line : null };
}
