/** Causes by period for the study meeting, and what its measures came to. */
import { DateTime } from 'luxon';
import { QualityError } from '../errors.ts';
import type { CauseSplit, CausesStore, Measure } from '../ports/causes-store.ts';
import type { People } from '../ports/people-store.ts';
import type { Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import { causeRows } from '../rules/causes.ts';

type Query = {
  period: 'week' | 'month';
  periods: number;
  split: CauseSplit;
  campaignId?: string | undefined;
};
/** A measure is held against so many weeks before the meeting and from it on. */
const weeksCompared = 4;

export function createCauses({ store, people, clock }: { store: CausesStore; people: People; clock: Clock }) {
  const centreOf = async (viewer: Viewer) => {
    const centre = await people.centre(viewer);
    if (centre === null) throw new QualityError('centre-unknown', 'You belong to no centre.');
    return centre;
  };

  return {
    async table(viewer: Viewer, { period, periods, split, campaignId }: Query) {
      const { timeZone } = await centreOf(viewer);
      const present = DateTime.fromMillis(clock.now(), { zone: timeZone }).startOf(period);
      const spans = Array.from({ length: periods }, (_, back) => {
        const start = present.minus({ [period]: periods - 1 - back });
        const end = start.plus({ [period]: 1 });
        return {
          from: start.toFormat('yyyy-MM-dd'),
          to: end.minus({ days: 1 }).toFormat('yyyy-MM-dd'),
          start: start.toMillis(),
          end: end.toMillis(),
        };
      });
      const asked = { starts: spans.map(({ start }) => start), end: spans.at(-1)?.end ?? 0 };
      const counted = await store.counted(viewer, asked, campaignId ?? null, split);
      return {
        periods: spans.map(({ from, to }) => ({ from, to })),
        rows: causeRows(counted, periods).map(({ examples, ...row }) => ({
          ...row,
          examples: examples.map(({ caseId, inspectionId, recordingId }) => ({ caseId, inspectionId, recordingId })),
        })),
      };
    },

    async meetings(viewer: Viewer) {
      const { centreId, timeZone } = await centreOf(viewer);
      const meetings = await store.meetings(centreId);
      const heldAt = (day: string) => DateTime.fromISO(day, { zone: timeZone });
      const found = await store.compared(
        viewer,
        meetings.flatMap(({ heldOn, measures }) => {
          const held = heldAt(heldOn);
          const [since, until] = [held.minus({ weeks: weeksCompared }), held.plus({ weeks: weeksCompared })];
          const span = { since: since.toMillis(), held: held.toMillis(), until: until.toMillis() };
          return measures.map(({ id, source, cause, reason }) => ({ id, source, cause, reason, ...span }));
        }),
      );
      return meetings.map(({ measures, ...meeting }) => ({
        ...meeting,
        measures: measures.map((each) => ({ ...each, ...(found.get(each.id) ?? { before: 0, after: 0 }) })),
      }));
    },

    async record(
      viewer: Viewer,
      meeting: { heldOn: string; people: string; notes: string; measures: readonly Measure[] },
    ): Promise<string> {
      const { centreId } = await centreOf(viewer);
      return store.addMeeting(centreId, meeting, viewer.userId, clock.now());
    },

    async check(viewer: Viewer, measureId: string, found: { helped: boolean; finding: string }): Promise<void> {
      const { centreId } = await centreOf(viewer);
      if (!(await store.check(centreId, measureId, found, viewer.userId, clock.now())))
        throw new QualityError('measure-unknown', 'There is no such measure of this centre, or it was checked before.');
    },
  };
}
