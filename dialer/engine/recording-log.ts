/**
 * Every conversation's recording, from the row that expects it to the file that is stored. The rows hold what is due, so
 * nothing is forgotten by a restart; what never comes or is damaged is reported, not dropped.
 */
import { DialerError } from '../errors.ts';
import type {
  Carrier,
  CarrierMessage,
  Clock,
  EventBus,
  Floor,
  Logger,
  RecordingChange,
  RecordingFiles,
  RecordingRow,
  Recordings,
} from '../ports.ts';
import { DEFAULT_KEEP_MONTHS, keptUntil } from '../rules/retention.ts';
import type { Background } from './background.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { inspectWav, type WavCheck } from './recording-log/wav.ts';

/** Growing delays between tries, in ms: the sum is about six hours. */
const DELAYS_MS = [5_000, 15_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 14_400_000];
/** What stands in the way of a recording that is there is looked at again so often, after the delays above … */
const STILL_MS = 3_600_000;
/** … and for so long after the talk: a full disk or a carrier out of reach must not cost a conversation over a holiday. */
const HOPE_MS = 30 * 86_400_000;
/** A claimed row belongs to one worker for so long. */
const CLAIM_MS = 120_000;
const BATCH = 8;
/** Carriers round the length of a call up to it. */
const WHOLE_SECOND_MS = 1_000;

/** What is announced in the moment of a start comes first; then the carrier is asked for one after the other. */
const LOOK_BACK_AFTER_MS = 15_000;
const LOOK_BACK_EVERY_MS = 250;

export type RecordingLog = {
  announced(message: Extract<CarrierMessage, { kind: 'recording' }>): Promise<void>;
  /** Works on what is due; answers how many rows it looked at. */
  work(): Promise<number>;
  /**
   * After a start: the announcements that came while nobody listened are lost, so the carrier is asked soon, and not only when
   * an announcement is long overdue. Answers for how many.
   */
  lookBack(): Promise<number>;
  open(
    recordingId: string,
  ): Promise<{ path: string; bytes: number; sha256: string; durationMs: number; channels: number }>;
};

type LogParts = {
  recordings: Recordings;
  files: RecordingFiles;
  floor: Floor;
  carrier: Carrier;
  cache: CampaignCache;
  bus: EventBus;
  clock: Clock;
  logger: Logger;
  background: Background;
  toleranceMs: number;
};

export function createRecordingLog(parts: LogParts): RecordingLog {
  const { recordings, files, floor, carrier, cache, bus, clock, logger, background } = parts;

  async function change(row: RecordingRow, update: RecordingChange): Promise<boolean> {
    const done = await recordings.change(row.recordingId, update, clock.now());
    if (done && update.state !== undefined)
      bus.publish({ type: 'recording-changed', recordingId: row.recordingId, state: update.state });
    return done;
  }

  /** Another try later, or the end of the tries. */
  async function later(row: RecordingRow, problem: string, end: 'lost' | 'damaged'): Promise<void> {
    const delay = DELAYS_MS[row.tries];
    const from: RecordingChange['from'] = ['expected', 'announced'];
    if (delay !== undefined) {
      await change(row, { from, problem, tries: row.tries + 1, nextTryAt: clock.now() + delay });
      return;
    }
    logger.error({ recordingId: row.recordingId, attemptId: row.attemptId, problem }, 'a recording was given up');
    const { recordingId, attemptId } = row;
    const handoff = { topic: 'recording-lost' as const, recordingId, attemptId };
    await change(row, { from, state: end, problem, nextTryAt: null, handoff });
  }

  /** It is there, and it was our disk or the way to the carrier that failed: that ends some day, and the tries go on until then. */
  async function again(row: RecordingRow, problem: string): Promise<void> {
    const now = clock.now();
    if (row.tries < DELAYS_MS.length || now > row.talkStartedAt + HOPE_MS) return later(row, problem, 'lost');
    const { recordingId, attemptId, tries } = row;
    logger.error({ recordingId, attemptId, problem, tries }, 'a recording still cannot be fetched or stored');
    const from: RecordingChange['from'] = ['expected', 'announced'];
    await change(row, { from, problem, tries: tries + 1, nextTryAt: now + STILL_MS });
  }

  /** Nobody announced it: the carrier is asked. */
  async function ask(row: RecordingRow): Promise<void> {
    const call = await floor.call(row.attemptId);
    if (call !== null && call.state !== 'ended') {
      await change(row, { from: ['expected'], nextTryAt: clock.now() + CLAIM_MS });
      return;
    }
    if (row.carrierCallId === null) return later(row, 'no-carrier-call', 'lost');
    const asked = await carrier.recordingsOf(row.carrierCallId);
    if (asked.kind === 'failed') return again(row, asked.cause);
    const [found] = asked.value;
    if (found === undefined) return later(row, 'not-announced', 'lost');
    const announced: RecordingChange = {
      from: ['expected'],
      state: 'announced',
      carrierRecordingId: found.recordingId,
      sourceUrl: found.url,
      nextTryAt: clock.now() + CLAIM_MS,
    };
    await change(row, announced);
    await download({ ...row, state: 'announced', sourceUrl: found.url });
  }

  async function download(row: RecordingRow): Promise<void> {
    if (row.sourceUrl === null) return later(row, 'no-address', 'lost');
    const fetched = await carrier.download(row.sourceUrl);
    if (fetched.kind === 'absent') return later(row, 'absent', 'lost');
    if (fetched.kind === 'failed')
      return fetched.retryable ? again(row, fetched.cause) : later(row, fetched.cause, 'lost');
    const seen: { check: WavCheck } = { check: { ok: false, problem: 'empty' } };
    const swap = carrier.customerChannel === 'first';
    const path = pathOf(row);
    const passed = inspectWav(fetched.content, swap, (found) => {
      seen.check = found;
    });
    let written: Awaited<ReturnType<RecordingFiles['write']>>;
    try {
      written = await files.write(path, passed);
    } catch (error) {
      return again(row, error instanceof Error ? error.message : 'write-failed');
    }
    const { check } = seen;
    const fault = faultOf(check, row, parts.toleranceMs);
    const problem = fault === 'shorter-than-talk' && (await isWholeCall(row, check)) ? null : fault;
    if (problem !== null || !check.ok) {
      await files.remove(path);
      return later(row, problem ?? 'unreadable', 'damaged');
    }
    const { channels, durationMs, agentTalkShare } = check.facts;
    const campaign = await cache.get(row.campaignId);
    const keepMonths = campaign?.settings.quality.retentionMonths ?? DEFAULT_KEEP_MONTHS;
    const now = clock.now();
    await change(row, {
      from: ['announced'],
      state: 'stored',
      channels,
      durationMs,
      bytes: written.bytes,
      sha256: written.sha256,
      path: written.path,
      agentTalkShare,
      problem: null,
      nextTryAt: null,
      storedAt: now,
      eraseAfter: keptUntil(row.talkStartedAt, [keepMonths], campaign?.timeZone ?? 'UTC'),
      handoff: { topic: 'recording-stored', recordingId: row.recordingId, attemptId: row.attemptId },
    });
  }

  /**
   * Our book says when we learnt of the end, which after a restart or a lost callback is later than the customer hung up. The
   * recording runs from the answer on, so it is whole if it is as long as the call was for the carrier.
   */
  async function isWholeCall(row: RecordingRow, check: WavCheck): Promise<boolean> {
    if (!check.ok || row.carrierCallId === null) return false;
    const asked = await carrier.call(row.carrierCallId);
    const lastedMs = asked.kind === 'ok' ? asked.value?.lastedMs : null;
    if (lastedMs === null || lastedMs === undefined) return false;
    return lastedMs - check.facts.durationMs <= WHOLE_SECOND_MS + toleranceFor(lastedMs, parts.toleranceMs);
  }

  const workOn = (row: RecordingRow): Promise<void> => (row.state === 'announced' ? download(row) : ask(row));

  const guarded = (row: RecordingRow): Promise<void> =>
    workOn(row).catch((error: unknown) => again(row, error instanceof Error ? error.message : 'unknown'));

  async function work(): Promise<number> {
    const now = clock.now();
    const due = await recordings.claimDue(now, now + CLAIM_MS, BATCH);
    await Promise.all(due.map(guarded));
    return due.length;
  }

  return {
    async announced(message) {
      const { attemptId, recordingId: carrierRecordingId, url: sourceUrl, durationMs, channels } = message;
      const now = clock.now();
      if (message.state === 'absent') {
        await recordings.changeOf(attemptId, { from: ['expected'], problem: 'absent', nextTryAt: now });
        return;
      }
      // Claimed for this process with the same write; if it dies, the row is due again. Also calls without a conversation
      // are recorded while they are up; nobody needs those, and none is found here.
      const row = await recordings.changeOf(attemptId, {
        from: ['expected'],
        state: 'announced',
        carrierRecordingId,
        sourceUrl,
        durationMs,
        channels,
        nextTryAt: now + CLAIM_MS,
      });
      if (row === null) return;
      bus.publish({ type: 'recording-changed', recordingId: row.recordingId, state: row.state });
      background.run('recording', () => guarded(row));
    },

    work,
    lookBack: () => recordings.bringForward(clock.now() + LOOK_BACK_AFTER_MS, LOOK_BACK_EVERY_MS),

    async open(recordingId) {
      const row = await recordings.byId(recordingId);
      if (row === null) throw new DialerError('recording-unknown', 'There is no such recording.');
      const place = row.path === null || row.state !== 'stored' ? null : await files.locate(row.path);
      if (place === null || row.sha256 === null || row.durationMs === null || row.channels === null) {
        throw new DialerError('recording-not-stored', 'This recording is not here.', {
          retryable: row.state === 'announced',
        });
      }
      return { ...place, sha256: row.sha256, durationMs: row.durationMs, channels: row.channels };
    },
  };
}

/** Folder by day of the talk (UTC), name by id: nothing in it says who spoke. */
function pathOf(row: RecordingRow): string {
  const [day] = new Date(row.talkStartedAt).toISOString().split('T');
  return `${(day ?? 'unknown').replaceAll('-', '/')}/${row.recordingId}.wav`;
}

/** Two channels, and about as long as the talk: a part of a conversation is not the conversation. */
function faultOf(check: WavCheck, row: RecordingRow, toleranceMs: number): string | null {
  if (!check.ok) return check.problem;
  if (check.facts.channels !== 2) return 'not-two-channels';
  const missing = (row.talkMs ?? 0) - check.facts.durationMs;
  return missing > toleranceFor(row.talkMs ?? 0, toleranceMs) ? 'shorter-than-talk' : null;
}

const toleranceFor = (lengthMs: number, leastMs: number): number => Math.max(leastMs, lengthMs * 0.05);
