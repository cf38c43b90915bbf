/** Extractions in PostgreSQL: chosen and handed out in one transaction, with a row for each customer and month that there can be only one of. */
import { z } from 'zod';
import type { Extraction, Prisma, PrismaClient } from '../../../prisma/generated/client.ts';
import type {
  ExtractionCampaign,
  ExtractionRow,
  ExtractionSource,
  ExtractionStore,
  FoundCustomer,
} from '../../ports/extractions.ts';
import { monthPlus } from '../../rules/customers/month.ts';
import { parseNumber } from '../../rules/phone-number.ts';
import { timeZoneOfCountry } from '../../rules/time-zone-of-number.ts';
import { firstDay } from './customer-reading.ts';

const counts = z.record(z.string(), z.number());
const name = z.object({ en: z.string(), zh: z.string() });
/** A type may have tens of thousands. */
const long = { timeout: 120_000, maxWait: 30_000 };

export const extractionRow = (row: Extraction): ExtractionRow => ({
  ...{ id: row.id, campaignId: row.campaignId, teamId: row.teamId, listId: row.listId, type: row.type, by: row.by },
  ...{ version: row.version, taken: row.taken, at: row.at.getTime(), month: row.month.toISOString().slice(0, 7) },
  typeName: name.parse(row.typeName),
  leftOut: counts.parse(row.leftOut),
});

type Tx = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;
type Found = {
  customer_id: string;
  number: string;
  contact_id: string | null;
  time_zone: string | null;
  handed_out: boolean;
  blocked: boolean;
  waiting: boolean;
};

async function candidates(
  db: Tx,
  { id, centreId, clientId, productLine }: ExtractionCampaign,
  { runId, month, type, restMonths }: ExtractionSource,
  now: number,
): Promise<FoundCustomer[]> {
  const rows = await db.$queryRaw<Found[]>`
    select s.customer_id, c.number, known.id as contact_id, known.time_zone,
           -- Also by a later month: the rest lies between two extractions, whichever came first.
           exists (select 1 from extracted_customer e where e.customer_id = s.customer_id
                      and e.month between ${firstDay(monthPlus(month, -restMonths))}::date and ${firstDay(monthPlus(month, restMonths))}::date) as handed_out,
           number_blocked(c.number, ${id}::uuid, ${productLine}, ${new Date(now)}) as blocked,
           exists (select 1 from contact_number n join contact w on w.id = n.contact_id and w.state <> 'finished'
                    where n.number = c.number and w.campaign_id = ${id}::uuid) as waiting
      from segment_member s join customer c on c.id = s.customer_id
      left join lateral (
        select k.id, k.time_zone from contact_number n join contact k on k.id = n.contact_id
          join contact_list l on l.id = k.list_id join campaign p on p.id = k.campaign_id
         where n.number = c.number and p.centre_id = ${centreId}::uuid and p.client_id = ${clientId}::uuid
         order by l.imported_at desc, k.id limit 1) known on true
     where s.run_id = ${runId}::uuid and s.type = ${type.key}`;
  return rows.map((row) => ({
    ...{ customerId: row.customer_id, number: row.number, contactId: row.contact_id, handedOut: row.handed_out },
    barred: row.blocked ? 'on-blacklist' : row.waiting ? 'already-waiting' : null,
    timeZone: row.time_zone ?? zoneOf(row.number),
  }));
}

/** Kept numbers are E.164: no country is assumed. */
function zoneOf(number: string): string | null {
  const parsed = parseNumber(number, '');
  return timeZoneOfCountry(parsed.ok ? parsed.country : null);
}

export function extractionStore(prisma: PrismaClient): ExtractionStore {
  return {
    async campaign(campaignId) {
      const row = await prisma.campaign.findUnique({
        where: { id: campaignId },
        include: { teams: true, product: true },
      });
      if (row === null) return null;
      const { id, centreId, clientId, state, product, teams } = row;
      return { id, centreId, clientId, state, productLine: product.line, teamIds: teams.map(({ teamId }) => teamId) };
    },
    candidates: (campaign, source, now) => candidates(prisma, campaign, source, now),

    extract: (campaign, source, { teamId, by, now }, choose) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw`select id from client where id = ${campaign.clientId}::uuid for no key update`;
        const { taken, leftOut } = choose(await candidates(tx, campaign, source, now));
        if (taken.length === 0) return null;
        const at = new Date(now);
        const { month, version, type } = source;
        const total = { total: taken.length, accepted: taken.length };
        const called = [type.name.en, type.name.zh].filter((text) => text !== '').join(' / ');
        const list = await tx.contactList.create({
          data: {
            ...{ campaignId: campaign.id, name: `${called} ${month}`, fileName: '', state: 'ready', importedAt: at },
            ...{ ...total, importedBy: by },
          },
        });
        const row = await tx.extraction.create({
          data: {
            ...{ centreId: campaign.centreId, clientId: campaign.clientId, campaignId: campaign.id, teamId, by, at },
            ...{ listId: list.id, type: type.key, typeName: type.name, version, month: firstDay(month) },
            ...{ taken: taken.length, leftOut },
          },
        });
        await handOut(tx, row, called, taken);
        return extractionRow(row);
      }, long),

    async list({ centreId, teamId }, limit) {
      const rows = await prisma.extraction.findMany({
        where: { centreId, ...(teamId === null ? {} : { teamId }) },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(extractionRow);
    },
  };
}

/** Contacts with their number, and what an earlier list said of them. A customer who is there already breaks the whole off. */
async function handOut(tx: Tx, row: Extraction, called: string, taken: readonly FoundCustomer[]): Promise<void> {
  await tx.$executeRaw`
    with customer as materialized (
      select gen_random_uuid() as id, row_number() over () as line, t.*
        from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb)
          as t ("customerId" uuid, number text, "contactId" uuid, "timeZone" text)),
    person as (
      insert into contact (id, campaign_id, list_id, line, name, time_zone, region, attributes, due_at)
      select t.id, ${row.campaignId}::uuid, ${row.listId}::uuid, t.line, coalesce(k.name, ''), t."timeZone", coalesce(k.region, ''),
             coalesce(k.attributes, '{}') || jsonb_build_object('type', ${called}::text), ${row.at}
        from customer t left join contact k on k.id = t."contactId"),
    numbers as (
      insert into contact_number (contact_id, position, number) select id, 1, number from customer)
    insert into extracted_customer (customer_id, month, type, extraction_id, contact_id)
    select "customerId", ${row.month}::date, ${row.type}, ${row.id}::uuid, id from customer`;
}
