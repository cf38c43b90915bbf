/** Centre, client, teams, people, product and approved script of the demonstration. */
import type { Database } from '../platform/database.ts';
import { hashPassword } from '../http/passwords.ts';
import { textHashOf } from '../http/routes/scripts.ts';
import { demoPassword, demoUsers, teamNames } from './people.ts';
import { demoScript } from './script.ts';

export type DemoHouse = {
  centreId: string;
  clientId: string;
  productId: string;
  scriptVersionId: string;
  teamIds: string[];
  /** By user name. */
  userIds: ReadonlyMap<string, string>;
};

export const demoTimeZone = 'Asia/Shanghai';
const dayMs = 86_400_000;

export async function makeHouse({ client }: Pick<Database, 'client'>, now: number): Promise<DemoHouse> {
  const passwordHash = await hashPassword(demoPassword);
  const joinedAt = new Date(now - 200 * dayMs);
  const centre = await client.centre.create({
    data: { name: 'Harbour Outbound Centre 海港外呼中心', timeZone: demoTimeZone, workWeek: [1, 2, 3, 4, 5, 6, 7] },
  });
  const operator = await client.client.create({ data: { name: 'Northlight Mobile 北光移动' } });
  const teams = await Promise.all(teamNames.map((name) => client.team.create({ data: { centreId: centre.id, name } })));
  const users = await Promise.all(
    demoUsers.map(({ username, displayName, role, team, locale }) =>
      client.user.create({
        data: {
          username,
          displayName,
          role,
          passwordHash,
          locale: locale ?? 'en',
          joinedAt,
          centreId: role === 'client' ? null : centre.id,
          teamId: team === undefined ? null : (teams[team]?.id ?? null),
          clientId: role === 'client' ? operator.id : null,
        },
      }),
    ),
  );
  const userIds = new Map(users.map(({ username, id }) => [username, id]));
  const product = await client.product.create({
    data: {
      clientId: operator.id,
      name: 'Cloud Guard 云守护',
      line: 'value-added',
      tariffText: '30 days free, then 6 a month with the bill. 前30天免费，之后每月6元，随话费收取。',
      trialDays: 30,
      options: [
        { code: 'backup', label: { en: 'Photo and contact backup', zh: '照片与通讯录备份' } },
        { code: 'fraud-shield', label: { en: 'Fraud number shield', zh: '诈骗号码拦截' } },
      ],
    },
  });
  const script = await client.script.create({
    data: {
      productId: product.id,
      name: 'Cloud Guard trial 云守护试用',
      versions: {
        create: {
          version: 1,
          body: demoScript,
          textHash: textHashOf(demoScript),
          state: 'approved',
          createdAt: joinedAt,
          approvedAt: new Date(joinedAt.getTime() + 3 * dayMs),
          approvedBy: userIds.get('client') ?? null,
        },
      },
    },
    include: { versions: true },
  });
  return {
    centreId: centre.id,
    clientId: operator.id,
    productId: product.id,
    scriptVersionId: script.versions[0]?.id ?? '',
    teamIds: teams.map(({ id }) => id),
    userIds,
  };
}
