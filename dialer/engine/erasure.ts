/** The end of a recording (R3): marked and journalled first, then the file goes; what died in between is finished by the next run. */
import type { ErasedRecording, HoldsOf } from '../dialer.ts';
import type { Clock, EventBus, Logger, RecordingFiles, Recordings } from '../ports.ts';
import { retentionOf } from '../rules/retention.ts';

const BATCH = 200;

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

  async function eraseOf(
    { campaignId, keepMonths, timeZone }: Awaited<ReturnType<Recordings['keepers']>>[number],
    holdsOf: HoldsOf,
  ): Promise<ErasedRecording[]> {
    const now = clock.now();
    const erased: ErasedRecording[] = [];
    let after: { at: number; id: string } | null = null;
    for (;;) {
      // No month is shorter than 28 days: what is younger than so many of them cannot be due.
      const found: Awaited<ReturnType<Recordings['oldOnes']>> = await recordings.oldOnes(
        campaignId,
        now - keepMonths * 28 * 86_400_000,
        after,
        BATCH,
      );
      const held = await holdsOf(found.map(({ recordingId }) => recordingId));
      for (const { recordingId, attemptId, talkStartedAt, sha256, holds } of found) {
        const reasons = held.filter((one) => one.recordingId === recordingId);
        const facts = {
          ...{ recordedAt: talkStartedAt, keepMonths: [keepMonths], timeZone },
          holds: [
            ...(holds > 0 ? [{ reason: 'counted' as const, by: '', releasedAt: null }] : []),
            ...reasons.map(({ reason, by }) => ({ reason, by, releasedAt: null })),
          ],
        };
        const verdict = retentionOf(facts, now);
        if (!verdict.erase) continue;
        if (!(await recordings.markErased(recordingId, { sha256, since: verdict.since, keepMonths }, now))) continue;
        erased.push({ recordingId, attemptId, campaignId, since: verdict.since });
        bus.publish({ type: 'recording-changed', recordingId, state: 'erased' });
      }
      const last = found.at(-1);
      if (last === undefined || found.length < BATCH) return erased;
      after = { at: last.talkStartedAt, id: last.recordingId };
    }
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
