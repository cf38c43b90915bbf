/** What a client tells of its customers: of each number its bills, the newest month first. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import { monthPlus } from '../../../dialer/rules/customers/month.ts';

export async function tellMonths(
  client: PrismaClient,
  owner: { centreId: string; clientId: string },
  newest: string,
  bills: Record<string, number[]>,
): Promise<void> {
  const rows = Object.entries(bills);
  await client.customer.createMany({ data: rows.map(([number]) => ({ ...owner, number })), skipDuplicates: true });
  const most = Math.max(...rows.map(([, of]) => of.length));
  for (let back = 0; back < most; back += 1) {
    const month = new Date(`${monthPlus(newest, -back)}-01T00:00:00Z`);
    const told = rows.flatMap(([number, of], line) => {
      const bill = of[back];
      return bill === undefined
        ? []
        : [{ number, line: line + 1, bill, status: 'in-service', services: 1, changes: [] }];
    });
    await client.customerImport.create({
      data: {
        ...owner,
        ...{ month, fileName: 'months.csv', state: 'ready', importedAt: month, total: told.length },
        accepted: told.length,
        months: { createMany: { data: told } },
      },
    });
  }
}
