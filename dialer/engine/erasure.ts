/** The end of a recording (R3): marked and journalled first, then the file goes; what died in between is finished by the next run. */
import type { ErasedRecording, HoldsOf } from '../dialer.ts';
import type { Clock, EventBus, Logger, OldRecording, RecordingFiles, Recordings } from '../ports.ts';
import { retentionOf } from '../rules/retention.ts';

const BATCH = 200;

type Keeper = Awaited<ReturnType<Recordings['keepers']>>[number];
type ErasureParts = {
  recordings: Recordings;
  files: RecordingFiles;
  clock: Clock;
  bus: EventBus;
  logger: Logger;
};

export function createErasure({ recordings, files, clock, bus, logger }: ErasureParts) {
  async function removeFiles(): Promise<void> {
    for (;;) {
      const left = await recordings.erasedWithFile(BATCH);
      for (const { recordingId, path } of left) {
        await files.remove(path);
        await recordings.fileGone(recordingId);
      }
      if (left.length < BATCH) return;
    }
  }

  /** Goes through what may be old enough, and hands over what is and is not held. */
  async function eachDue(
    { keepMonths, timeZone }: Keeper,
    old: (talkBefore: number, after: { at: number; id: string } | null) => Promise<OldRecording[]>,
    holdsOf: HoldsOf,
    erase: (one: OldRecording, since: number) => Promise<void>,
  ): Promise<void> {
    const now = clock.now();
    for (let after: { at: number; id: string } | null = null; ; ) {
      // No month is shorter than 28 days: what is younger than so many of them cannot be due.
      const found: OldRecording[] = await old(now - keepMonths * 28 * 86_400_000, after);
      const held = await holdsOf(found.map(({ recordingId }) => recordingId));
      for (const one of found) {
        const reasons = held.filter(({ recordingId }) => recordingId === one.recordingId);
        const facts = {
          ...{ recordedAt: one.talkStartedAt, keepMonths: [keepMonths], timeZone },
          holds: [
            ...(one.holds > 0 ? [{ reason: 'counted' as const, by: '', releasedAt: null }] : []),
            ...reasons.map(({ reason, by }) => ({ reason, by, releasedAt: null })),
          ],
        };
        const verdict = retentionOf(facts, now);
        if (verdict.erase) await erase(one, verdict.since);
      }
      const last = found.at(-1);
      if (last === undefined || found.length < BATCH) return;
      after = { at: last.talkStartedAt, id: last.recordingId };
    }
  }

  async function eraseOf(keeper: Keeper, holdsOf: HoldsOf): Promise<ErasedRecording[]> {
    const { campaignId, keepMonths } = keeper;
    const erased: ErasedRecording[] = [];
    const stored = (before: number, after: { at: number; id: string } | null) =>
      recordings.oldOnes(campaignId, before, after, BATCH);
    await eachDue(keeper, stored, holdsOf, async ({ recordingId, attemptId, sha256 }, since) => {
      if (!(await recordings.markErased(recordingId, { sha256, since, keepMonths }, clock.now()))) return;
      erased.push({ recordingId, attemptId, campaignId, since });
      bus.publish({ type: 'recording-changed', recordingId, state: 'erased' });
    });
    const unheard = (before: number, after: { at: number; id: string } | null) =>
      recordings.oldWords(campaignId, before, after, BATCH);
    await eachDue(keeper, unheard, holdsOf, ({ recordingId }) => recordings.eraseWords(recordingId));
    return erased;
  }

  return {
    async eraseDue(holdsOf: HoldsOf): Promise<ErasedRecording[]> {
      const erased: ErasedRecording[] = [];
      for (const keeper of await recordings.keepers()) erased.push(...(await eraseOf(keeper, holdsOf)));
      await removeFiles();
      if (erased.length > 0)
        logger.info({ recordings: erased.length }, 'recordings were erased, their retention is over');
      return erased;
    },
  };
}
