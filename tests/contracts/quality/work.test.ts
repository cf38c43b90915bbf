import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { workOf } from '../../../src/compose/quality-surroundings.ts';
import { makeWorld, type World } from '../../fixtures/campaign.ts';
import { useTestDatabase } from '../../support/database.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 2);
/** Hours after the start, the last one open: short, over the edges, longer than a day, days before and days long. */
const rows: readonly (readonly [user: 0 | 1 | 2, activity: 'talking' | 'wrap-up', from: number, to: number | null])[] =
  [
    [0, 'talking', 1, 2],
    [0, 'wrap-up', -1, 1],
    [0, 'talking', 23, 25],
    [0, 'talking', 30, 31],
    [0, 'wrap-up', -20, -19],
    [1, 'talking', -30, 5],
    [1, 'wrap-up', -100, -60],
    [1, 'talking', -200, 50],
    [1, 'talking', 12, 40],
    [1, 'wrap-up', -72, null],
    [2, 'talking', 0, 24],
  ];

describe('the time of agents in a span', () => {
  const database = useTestDatabase();
  let client: PrismaClient;
  let world: World;
  let users: string[];

  beforeAll(async () => {
    client = database().database.client;
    world = await makeWorld(client, start);
    const { centreId, campaignId } = world;
    users = [0, 1, 2].map(() => randomUUID());
    const login = { displayName: 'Agent', passwordHash: '', role: 'agent', joinedAt: new Date(start) };
    await client.user.createMany({ data: users.map((id) => ({ id, username: id, centreId, ...login })) });
    await client.agentInterval.createMany({
      data: rows.map(([user, activity, from, to]) => ({
        ...{ userId: users[user] ?? '', campaignId, presence: 'signed-in', activity },
        startedAt: new Date(start + from * hour),
        endedAt: to === null ? null : new Date(start + to * hour),
      })),
    });
  });

  it.each([
    [0, 24],
    [-1, 1],
    [24, 48],
    [-168, 0],
    [-150, -140],
    [48, 72],
  ])('from hour %i to %i is what each interval has of it, however long it is or when it began', async (from, to) => {
    const span = { from: start + from * hour, to: start + to * hour };
    const expected = [0, 1, 2].map((user) => {
      const spent = (wanted: string) =>
        rows
          .filter(([of, activity]) => of === user && (wanted === '' || activity === wanted))
          .reduce((sum, [, , begun, ended]) => sum + Math.max(0, Math.min(ended ?? to, to) - Math.max(begun, from)), 0);
      return [users[user], spent('talking') * hour, spent('wrap-up') * hour, spent('') * hour];
    });
    const work = workOf(client);
    const of = { centreId: world.centreId, campaignId: null };
    const found = await work(span, { ...of, agentIds: null });
    const shape = (all: typeof found) =>
      all.map(({ agentId, talkMs, wrapUpMs, signedInMs }) => [agentId, talkMs, wrapUpMs, signedInMs]).sort();
    expect(shape(found)).toEqual(expected.filter(([, , , signedIn]) => Number(signedIn) > 0).sort());
    const alone = await work(span, { ...of, agentIds: [users[1] ?? ''] });
    expect(shape(alone)).toEqual(expected.slice(1, 2));
  });
});
