/** Forms in PostgreSQL. Published versions are kept in memory once read: nobody can change them (trigger of the table). */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import { QualityError } from '../../errors.ts';
import type { FormReads, FormStore, FormVersion, FormVersionHead } from '../../ports/form-store.ts';
import type { Form, FormId } from '../../rules/form.ts';
import { formIdShape } from './inspection-life.ts';

const text = z.object({ en: z.string(), zh: z.string() });
const bodyShape = z.object({
  title: text,
  heard: z.enum(['recording', 'live']),
  criteria: z.array(
    z.object({
      id: z.string(),
      title: text,
      fatal: z.boolean(),
      weight: z.number(),
      checks: z.array(
        z.object({
          id: z.string(),
          text,
          askedOf: z.enum(['all', 'sale', 'no-sale']),
          mayNotApply: z.boolean(),
          retired: z.boolean(),
          reasons: z.array(z.object({ code: z.string(), text, retired: z.boolean() })),
        }),
      ),
    }),
  ),
});
const stateShape = z.enum(['draft', 'published']);

/** Published versions that were read. As many as were ever published, and no more. */
export type FormCache = Map<string, Form>;

/** Reads on one connection: the pool's, or a unit of work's own. */
export function formReads(client: Pick<PrismaClient, 'formVersion'>, cache: FormCache): FormReads {
  return {
    async newest(id) {
      const row = await client.formVersion.findFirst({
        where: { formId: id, state: 'published' },
        orderBy: { version: 'desc' },
        select: { version: true },
      });
      if (row === null) throw new QualityError('form-unknown', `There is no published form ${id}.`);
      return { formId: id, formVersion: row.version };
    },
    async published(id, version) {
      const key = `${id} ${version}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      const row = await client.formVersion.findFirst({ where: { formId: id, version, state: 'published' } });
      if (row === null) return null;
      const form = formOf(id, version, row.body);
      cache.set(key, form);
      return form;
    },
  };
}

export function formStore(client: PrismaClient, cache: FormCache): FormStore {
  const draftAt = (formId: FormId, revision: number) => ({ formId, state: 'draft', revision });
  return {
    ...formReads(client, cache),
    async heads(id) {
      const rows = await client.formVersion.findMany({
        ...(id === undefined ? {} : { where: { formId: id } }),
        omit: { body: true },
        orderBy: [{ formId: 'asc' }, { version: 'desc' }],
      });
      return rows.map(headOf);
    },
    async version(formId, version) {
      const row = await client.formVersion.findUnique({ where: { formId_version: { formId, version } } });
      return row === null ? null : versionOf(row);
    },
    async draft(formId) {
      const row = await client.formVersion.findFirst({ where: { formId, state: 'draft' } });
      return row === null ? null : versionOf(row);
    },
    async begin(form, by, now) {
      try {
        const { id: formId, version } = form;
        const drafted = { draftedBy: by, draftedAt: new Date(now) };
        await client.formVersion.create({ data: { formId, version, state: 'draft', body: bodyOf(form), ...drafted } });
        return true;
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return false;
        throw error;
      }
    },
    async save(form, note, revision, by, now) {
      const { count } = await client.formVersion.updateMany({
        where: draftAt(form.id, revision),
        data: { body: bodyOf(form), note, draftedBy: by, draftedAt: new Date(now), revision: { increment: 1 } },
      });
      return count > 0;
    },
    async discard(id, revision) {
      const { count } = await client.formVersion.deleteMany({ where: draftAt(id, revision) });
      return count > 0;
    },
    async publish(id, revision, sameMeaning, by, now) {
      const { count } = await client.formVersion.updateMany({
        where: draftAt(id, revision),
        data: { state: 'published', sameMeaning: [...sameMeaning], publishedBy: by, publishedAt: new Date(now) },
      });
      return count > 0;
    },
  };
}

type HeadRow = Omit<Prisma.FormVersionGetPayload<object>, 'body'>;

function headOf(row: HeadRow): FormVersionHead {
  return {
    formId: formIdShape.parse(row.formId),
    version: row.version,
    state: stateShape.parse(row.state),
    note: row.note,
    revision: row.revision,
    draftedBy: row.draftedBy,
    draftedAt: row.draftedAt.getTime(),
    publishedBy: row.publishedBy,
    publishedAt: row.publishedAt?.getTime() ?? null,
  };
}

function versionOf({ body, ...row }: HeadRow & { body: unknown }): FormVersion {
  const head = headOf(row);
  return { ...head, sameMeaning: row.sameMeaning, form: formOf(head.formId, row.version, body) };
}

const formOf = (id: FormId, version: number, body: unknown): Form => ({ id, version, ...bodyShape.parse(body) });

function bodyOf({ title, heard, criteria }: Form): Prisma.InputJsonObject {
  // A copy without `readonly`, which the client's type of JSON does not know.
  return bodyShape.parse({ title, heard, criteria });
}
