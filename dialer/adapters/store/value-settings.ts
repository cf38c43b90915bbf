/** How customers are valued, in versions, in PostgreSQL. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { ValueSettingsStore } from '../../ports/customers.ts';
import { valueSettings } from '../../rules/customers/value.ts';

export function valueSettingsStore(client: PrismaClient): ValueSettingsStore {
  return {
    async versions({ centreId, clientId }) {
      const where = { centreId, clientId };
      const rows = await client.customerValueSettings.findMany({ where, orderBy: { version: 'desc' } });
      return rows.map(({ version, settings, changedAt, changedBy }) => ({
        ...{ version, settings: valueSettings.parse(settings), changedAt: changedAt.getTime(), changedBy },
      }));
    },

    async keep({ centreId, clientId }, { version, settings, by, now }) {
      const data = [{ centreId, clientId, version, settings, changedAt: new Date(now), changedBy: by }];
      return (await client.customerValueSettings.createMany({ data, skipDuplicates: true })).count > 0;
    },
  };
}
