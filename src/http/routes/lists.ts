import type { Prisma } from '../../../prisma/generated/client.ts';
import { type ContactList, listState, type listRoutes } from '../../contract/lists.ts';
import { csvLine } from '../csv.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from '../handler.ts';
import { cut, readLine } from '../page.ts';
import type { Piece } from '../../platform/long-jobs.ts';
import type { Services } from '../services.ts';
import { requireNames, wholeFile } from '../upload.ts';
import { attemptHandlers } from './attempts.ts';
import { mustSee, recordOf } from './campaign-shape.ts';
import { contactHandlers } from './contacts.ts';

const writtenAtOnce = 5_000;

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

  /** A million rejected lines are never in memory at once. */
  async function* rejectedPieces(listId: string): AsyncGenerator<Piece> {
    yield { text: `\uFEFF${csvLine(['line', 'reason', 'field'])}`, rows: 0 };
    for (let after = 0; ; ) {
      const rows = await client.rejectedLine.findMany({
        where: { listId, line: { gt: after } },
        orderBy: { line: 'asc' },
        take: writtenAtOnce,
      });
      const last = rows.at(-1);
      if (last === undefined) return;
      yield { text: rows.map(({ line, reason, field }) => csvLine([line, reason, field])).join(''), rows: rows.length };
      after = last.line;
    }
  }

  return {
    'POST /api/campaigns/:id/lists': async ({ params, viewer, request }) => {
      await mustSee(client, viewer, params.id);
      if (!request.isMultipart()) throw new ApiError('file-missing', { field: 'body.file' });
      let name = '';
      for await (const part of request.parts()) {
        if (part.type === 'field') {
          if (part.fieldname === 'name') name = String(part.value);
          continue;
        }
        let listId = '';
        const listName = name === '' ? part.filename : name;
        requireNames(part, { name: listName, file: part.filename });
        const result = await longJobs
          .follow({ kind: 'contact-list', subjectId: params.id, about: listName, userId: viewer.userId }, (progress) =>
            dialer.lists.importFile({
              campaignId: params.id,
              name: listName,
              fileName: part.filename,
              content: wholeFile(part),
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
            part.file.resume();
          });
        await audit.record({
          actorId: viewer.userId,
          action: 'list-imported',
          subjectType: 'list',
          subjectId: result.listId,
          detail: { state: result.state, accepted: result.accepted, rejected: result.rejected },
        });
        return one(result.listId);
      }
      throw new ApiError('file-missing', { field: 'body.file' });
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
      const rows = await client.rejectedLine.findMany({
        where: { listId: params.id, line: { gt: readLine(query.after) } },
        orderBy: { line: 'asc' },
        take: query.limit + 1,
      });
      return cut(
        rows,
        query.limit,
        ({ line }) => String(line),
        ({ line, reason, field }) => ({ line, reason, field }),
      );
    },

    'GET /api/lists/:id/rejected.csv': async ({ params, viewer }) => {
      const { campaignId, name } = await seen(viewer, params.id);
      const total = await client.rejectedLine.count({ where: { listId: params.id } });
      await audit.record({
        actorId: viewer.userId,
        action: 'exported',
        subjectType: 'list',
        subjectId: params.id,
        detail: { what: 'rejected-lines', rows: total },
      });
      const about = { kind: 'rejected-file', subjectId: campaignId, about: name, userId: viewer.userId, total };
      return {
        type: 'text/csv; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="rejected-lines.csv"' },
        body: (await longJobs.file(about, async () => params.id, rejectedPieces)).body,
      };
    },

    ...contactHandlers(services),
    ...attemptHandlers(services),
  };
}

function failureOf(json: unknown): ContactList['failure'] {
  if (json === null || json === undefined) return null;
  const { code, field, line } = recordOf(json);
  return { code: String(code ?? ''), field: String(field ?? ''), line: typeof line === 'number' ? line : null };
}
