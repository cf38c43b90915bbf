/** Which offers sales were made with, in the words of the version that was told. */
import { Prisma } from '../../../prisma/generated/client.ts';
import type { SoldOffer } from '../../ports/offer-store.ts';
import { offerTerms } from '../../rules/offer/terms.ts';
import type { Sql } from './sql.ts';

type Row = { key: string; id: string; version: number; terms: unknown; approved: boolean };

/** By the call of the sale. */
export async function soldOffers(sql: Sql, attemptIds: readonly string[]): Promise<Map<string, SoldOffer>> {
  if (attemptIds.length === 0) return new Map();
  return read(
    sql,
    Prisma.sql`select id as key, id as attempt_id from attempt where id = any(${[...attemptIds]}::uuid[])`,
  );
}

/** By the inspection: of the sale that it judges, also where it judges a later call about it. */
export async function offersOfInspections(sql: Sql, ids: readonly string[]): Promise<Map<string, SoldOffer>> {
  if (ids.length === 0) return new Map();
  return read(
    sql,
    Prisma.sql`select i.id as key, coalesce(s.attempt_id, i.attempt_id) as attempt_id
                 from qa_inspection i left join qa_sale s on s.id = i.sale_id where i.id = any(${[...ids]}::uuid[])`,
  );
}

/** A use is written before the outcome is saved; of a call that ended otherwise it says nothing. */
async function read(sql: Sql, calls: Prisma.Sql): Promise<Map<string, SoldOffer>> {
  const rows = await sql.$queryRaw<Row[]>`
    select c.key, u.offer_id as id, u.version, v.terms, u.exception_id is not null as approved
      from (${calls}) c join qa_offer_use u on u.attempt_id = c.attempt_id
      join attempt a on a.id = u.attempt_id and a.disposition = 'sale'
      join qa_offer_version v on v.offer_id = u.offer_id and v.version = u.version`;
  return new Map(
    rows.map(({ key, id, version, terms, approved }) => {
      const { name, text } = offerTerms.parse(terms);
      return [key, { id, version, name, text, approved }];
    }),
  );
}
