/** Makes the demonstration in an empty database: a centre at work, with a past. */
import { type Customers, type Dialer, dateOf } from '../../dialer/index.ts';
import type { DemoAccount } from '../http/services.ts';
import type { Database } from '../platform/database.ts';
import { makeCampaign } from './campaign.ts';
import { demoCustomers } from './customers.ts';
import { demoList } from './contacts.ts';
import { pastDays } from './days.ts';
import { demoTimeZone, makeHouse } from './organisation.ts';
import { makePast, type PastDeps } from './past.ts';
import { demoPassword, demoUsers, shownAccounts } from './people.ts';

export type SeedDeps = Omit<PastDeps, 'importList' | 'now'> & {
  dialer: Pick<Dialer, 'lists' | 'campaigns'>;
  customers: Pick<Customers, 'months'>;
  now: number;
  log: (sentence: string, facts: Record<string, number | string>) => void;
};

const key = 'demo';
const presentContacts = 3_000;

/** What was made: `none` outside demonstrations; `begun` when a first start was cut off. */
export async function demoState({ client }: Pick<Database, 'client'>): Promise<'none' | 'begun' | 'done'> {
  const row = await client.setting.findUnique({ where: { key } });
  if (row === null) return 'none';
  return typeof row.value === 'object' && row.value !== null && 'done' in row.value && row.value.done === true
    ? 'done'
    : 'begun';
}

/** Whether nobody has ever worked here. */
export async function isEmpty({ client }: Pick<Database, 'client'>): Promise<boolean> {
  return (await client.user.count()) === 0;
}

/** Called by one process at a time. A start that was cut off is finished without its past. */
export async function seedDemo(deps: SeedDeps): Promise<void> {
  const { database, dialer, now } = deps;
  const { client } = database;
  const began = performance.now();
  const state = await demoState(database);
  if (state === 'done') return;
  if (state === 'begun') {
    const campaign = await client.campaign.findFirst({ where: { demo: true, state: 'paused' } });
    if (campaign !== null) await finish(deps, campaign.id, null);
    return;
  }
  await client.setting.create({ data: { key, value: { done: false } } });
  const house = await makeHouse(database, now);
  const [firstDay] = pastDays(now, demoTimeZone);
  const { campaignId, questionnaireId } = await makeCampaign(
    database,
    house,
    (firstDay?.startAt ?? now) - 3 * 86_400_000,
  );
  const managerId = house.userIds.get('manager') ?? null;
  const importList = async (name: string, from: number, count: number, faulty = false): Promise<void> => {
    const result = await dialer.lists.importFile({
      campaignId,
      name,
      fileName: `${name}.csv`,
      content: once(demoList(from, count, faulty)),
      by: { userId: managerId },
    });
    if (result.state === 'failed') throw new Error(`The demo list was refused: ${result.failure?.code}`);
  };
  // Reports of past weeks ask when the campaign began.
  await client.campaign.update({
    where: { id: campaignId },
    data: { startedAt: new Date(firstDay?.startAt ?? now) },
  });
  await makePast({ ...deps, importList: (name, from, count) => importList(name, from, count) }, house, {
    campaignId,
    questionnaireId,
  });
  const pastMs = performance.now() - began;
  await importList('This week 本周名单', 0, presentContacts, true);
  const thisMonth = dateOf(now, demoTimeZone).slice(0, 7);
  for (const { month, file } of demoCustomers(thisMonth, presentContacts)) {
    const told = await deps.customers.months.importFile({
      ...{ owner: { centreId: house.centreId, clientId: house.clientId }, month, thisMonth },
      ...{ fileName: `customers-${month}.csv`, content: once(file), by: { userId: managerId } },
    });
    if (told.state === 'failed') throw new Error(`The demo customers were refused: ${told.failure?.code}`);
  }
  await finish(deps, campaignId, managerId);
  deps.log('the demonstration is ready', {
    contacts: presentContacts,
    pastMs: Math.round(pastMs),
    tookMs: Math.round(performance.now() - began),
  });

  async function finish(of: SeedDeps, id: string, userId: string | null): Promise<void> {
    const faults = await of.dialer.campaigns.check(id);
    if (faults.length === 0) await of.dialer.campaigns.start(id, { userId });
    else of.log('the demo campaign cannot start', { faults: faults.map(({ code }) => code).join(',') });
    await of.database.client.setting.update({ where: { key }, data: { value: { done: true, madeAt: of.now } } });
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The accounts that the sign-in page and the start show; none once the data are no demonstration. */
export async function demoAccounts(database: Pick<Database, 'client'>): Promise<DemoAccount[]> {
  if ((await demoState(database)) === 'none') return [];
  return demoUsers
    .filter(({ username }) => shownAccounts.includes(username))
    .map(({ username, displayName, role }) => ({ username, password: demoPassword, displayName, role }));
}
