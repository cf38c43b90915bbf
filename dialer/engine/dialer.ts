/** Joins the parts of the engine behind the façade. */
import type { Dialer } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import { createAgentCommands, type MoreAgentCommands } from './agent-commands.ts';
import { createAgentViews } from './agent-view.ts';
import { createAnswering } from './answering.ts';
import { createBackground } from './background.ts';
import { createCallPlacer } from './call-placer.ts';
import { type CallTracker, createCallTracker } from './call-tracker.ts';
import { createCampaignCache } from './campaign-cache.ts';
import { createCampaignCommands } from './campaign-commands.ts';
import { createDesks } from './desks.ts';
import { createExpectedAnswers } from './expected-answers.ts';
import { createListening, type ListeningRooms } from './listening.ts';
import { createErasure } from './erasure.ts';
import { createLive } from './live.ts';
import { createOutcomes } from './outcomes.ts';
import { createPacers } from './pacing-loop.ts';
import { createReservedCalls } from './pacing/reserved-calls.ts';
import type { DialerParts } from './parts.ts';
import { createRebuild } from './rebuild.ts';
import { createRecordingLog } from './recording-log.ts';
import { createSweeper } from './sweeper.ts';
import { createTaskCalls } from './task-calls.ts';
import { createTexts } from './texts.ts';
import { createTransferActs } from './transfer-acts.ts';
import { createTransferWatch } from './transfer-watch.ts';
import { createTransferCommands } from './transfers.ts';
import { createWaitingRoom } from './waiting-room.ts';
import { createWebhooks } from './webhooks.ts';

/** How often this process looks at deadlines while it runs; the job that calls `sweep` is the net below. */
const SWEEP_MS = 2_000;
const FORGET_BATCH = 5_000;

export type DialerWithExtras = Dialer & {
  agents: MoreAgentCommands;
  /** Webhooks refused for their signature since the start of this process. */
  refusedWebhooks(): number;
};

/** Builds the dialler from its parts. Nothing runs and no timer is set before `start`, or the first waiting customer. */
export function createDialer(parts: DialerParts): DialerWithExtras {
  const { clock, bus, logger, floor, campaigns, carrier, picker, pacing, reading, recordings, options } = parts;
  const { joinWithinMs, legRetryMs, legRingMs, browserGraceMs, browserAwayMs, maxTalkMs } = options;
  const background = createBackground(logger);
  const cache = createCampaignCache(campaigns, clock, bus);
  const run = background.run;

  const desks = createDesks({ floor, campaigns, carrier, bus, clock, logger, background, legRingMs, legRetryMs });
  const transferActs = createTransferActs({
    floor,
    carrier,
    logger,
    background,
    tracker: () => tracker,
    leaveToGuest: (room) => listening.clear(room, null),
  });
  const tracker: CallTracker = createCallTracker({
    floor,
    picker,
    carrier,
    bus,
    clock,
    logger,
    cache,
    background,
    onDesk: desks.act,
    onTransfer: transferActs.act,
  });
  const waitingRoom = createWaitingRoom(floor, clock, bus, background, joinWithinMs, cache);
  const expected = createExpectedAnswers(clock);
  const answering = createAnswering({ floor, clock, bus, cache, tracker, waitingRoom, expected, joinWithinMs });
  const placer = createCallPlacer({
    floor,
    picker,
    carrier,
    tracker,
    cache,
    clock,
    logger,
    maxTalkMs,
    onPlacing: expected.expect,
  });
  const outcomes = createOutcomes({ floor, picker, blacklist: parts.blacklist, desks, bus, clock });
  const recordingLog = createRecordingLog({
    recordings,
    files: parts.recordingFiles,
    floor,
    carrier,
    cache,
    bus,
    clock,
    logger,
    background,
    toleranceMs: options.recordingToleranceMs,
  });
  const texts = createTexts({
    store: parts.texts,
    carrier: parts.textCarrier,
    isSandbox: carrier.isSandbox,
    blacklist: parts.blacklist,
    cache,
    clock,
    logger,
    background,
  });
  const { listenings } = parts;
  const listening: ListeningRooms = createListening({
    listenings,
    floor,
    campaigns,
    carrier,
    tracker,
    acts: transferActs,
    clock,
    logger,
  });
  const webhooks = createWebhooks({
    codec: parts.codec,
    carrier,
    floor,
    clock,
    logger,
    cache,
    tracker,
    answering,
    expected,
    desks,
    recordingLog,
    texts,
    transferActs,
    listening,
    legRetryMs,
  });
  const sweeper = createSweeper({
    floor,
    carrier,
    clock,
    logger,
    cache,
    tracker,
    placer,
    desks,
    outcomes,
    recordingLog,
    texts,
    transfers: createTransferWatch({ floor, carrier, clock, tracker, desks, acts: transferActs }),
    listening,
    browserGraceMs,
    legRetryMs,
  });
  const reserved = createReservedCalls({ floor, pacing, picker, desks, tracker, placer, clock, run });
  const pacers = createPacers({
    campaigns,
    pacing,
    picker,
    placer,
    reserved,
    cache,
    lease: parts.lease,
    bus,
    clock,
    logger,
    policies: parts.policies,
    owner: options.owner,
    account: { lines: options.maxLines, callsPerSecond: options.maxCallsPerSecond },
    run,
  });
  const rebuild = createRebuild({ floor, carrier, clock, logger, tracker, cache, desks, listenings, browserGraceMs });
  const tasks = createTaskCalls({ contacts: parts.taskContacts, clock, bus });
  const views = createAgentViews({ floor, reading, cache, clock });
  const transfers = createTransferCommands({ floor, transfers: parts.transfers, tracker, acts: transferActs, clock });

  let cancelSweep: (() => void) | null = null;
  let sweeping: Promise<unknown> | null = null;
  let stopped = true;
  const sweepLater = (): void => {
    cancelSweep = clock.after(SWEEP_MS, () => {
      sweeping = sweeper
        .sweep()
        .catch((error: unknown) =>
          logger.error({ error: error instanceof Error ? error.message : String(error) }, 'a sweep failed'),
        )
        .finally(() => (stopped ? undefined : sweepLater()));
    });
  };

  return {
    agents: createAgentCommands({
      ...{ floor, campaigns, clock, desks, tracker, placer, outcomes, views, transfers },
      ...{ browserGraceMs, browserAwayMs },
    }),
    campaigns: createCampaignCommands({ campaigns, carrier, bus, clock, cache }),
    listening,
    lists: parts.lists,
    blacklist: parts.blacklist,
    tasks,
    texts: { request: texts.request },
    webhooks,
    ...createLive({ reading, pacing, cache, clock }),
    pacingRecord: async (campaignId, since) => ({
      calibration: await pacing.calibration(campaignId, since),
      reaction: await pacing.reaction(campaignId, since),
    }),
    setMaySell: async (userId, maySell) => {
      await floor.openDesk(userId, clock.now());
      await floor.setMaySell(userId, maySell);
    },
    async holdRecording(recordingId, change) {
      if (!(await recordings.hold(recordingId, change))) {
        throw new DialerError('recording-unknown', 'There is no such recording.');
      }
    },
    eraseDue: createErasure({ recordings, files: parts.recordingFiles, clock, bus, logger }).eraseDue,
    openRecording: recordingLog.open,
    refusedWebhooks: webhooks.refused,

    async sweep() {
      await pacing.forgetDecisions(clock.now() - options.keepDecisionsMs, FORGET_BATCH);
      await tasks.sweep();
      return sweeper.sweep();
    },

    async start() {
      stopped = false;
      const found = await rebuild.run();
      await sweeper.sweep();
      // After both, which find out what calls have ended.
      const recordings = await recordingLog.lookBack();
      logger.info({ ...found, recordings }, 'the floor was looked over');
      await pacers.start();
      sweepLater();
    },

    async stop() {
      stopped = true;
      cancelSweep?.();
      await sweeping;
      await pacers.stop();
      waitingRoom.close();
      cache.close();
      await background.idle();
    },
  };
}
