/** The lists that a published summary keeps beside its figures of quality. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { FoundFigure } from '../../contract/calls-behind.ts';
import { summaryContent } from '../../contract/summaries.ts';
import type { CountedList, CountedThing } from '../../contract/quality.ts';
import { packed, unpacked } from './packed.ts';

export type KeptWeek = 'this' | 'before';

/** Whether the published week's figures still have machines among the answered calls and the conversations. */
export function countsMachines(content: unknown, week: KeptWeek): boolean {
  const { figures, before } = summaryContent.parse(content);
  return (week === 'this' ? figures : before)?.peopleOnly !== true;
}

/** As part of the transaction that publishes. */
export async function keepLists(
  tx: Pick<PrismaClient, 'summaryList'>,
  summaryId: string,
  week: KeptWeek,
  lists: readonly CountedList[],
): Promise<void> {
  await tx.summaryList.createMany({
    data: lists.map(({ figure, detail, things }) => ({
      summaryId,
      week,
      figure,
      detail: detail ?? '',
      things: packed(things),
    })),
  });
}

export async function keptList(
  client: PrismaClient,
  summaryId: string,
  week: KeptWeek,
  figure: FoundFigure,
  detail: string | null,
): Promise<CountedThing[]> {
  const row = await client.summaryList.findUnique({
    where: { summaryId_week_figure_detail: { summaryId, week, figure, detail: detail ?? '' } },
  });
  // A figure that counted nothing has no list.
  return row === null ? [] : unpacked(row.things);
}
