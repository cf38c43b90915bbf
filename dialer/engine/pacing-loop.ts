/** One pacer for each running campaign, on whichever process holds its lease; given up when in doubt. */
import type { DialerEvent } from '../events.ts';
import type { ContactPicker } from '../ports/contacts.ts';
import type { Campaigns, Clock, EventBus, Lease, Logger, PacingStore } from '../ports.ts';
import type { PolicyFactory } from '../rules/pacing/policy.ts';
import type { CallPlacer } from './call-placer.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { createPacingLoop, type PacingLoop } from './pacing/loop.ts';
import type { ReservedCalls } from './pacing/reserved-calls.ts';
import { createShareKeeper } from './pacing/shares.ts';

const LEASE_MS = 20_000;
const RENEW_MS = 5_000;
/** Stops acting this long before the lease ends, for clocks that differ. */
const MARGIN_MS = 3_000;

export type Pacers = { start(): Promise<void>; stop(): Promise<void> };

export type PacerParts = {
  campaigns: Campaigns;
  pacing: PacingStore;
  picker: ContactPicker;
  placer: CallPlacer;
  reserved: ReservedCalls;
  cache: CampaignCache;
  lease: Lease;
  bus: EventBus;
  clock: Clock;
  logger: Logger;
  policies: { predictive: PolicyFactory; progressive: PolicyFactory };
  owner: string;
  account: { lines: number; callsPerSecond: number };
  run(what: string, work: () => Promise<unknown>): void;
};

type Held = { loop: PacingLoop; until: number };

export function createPacers(parts: PacerParts): Pacers {
  const { campaigns, lease, bus, clock, logger, owner, account } = parts;
  const held = new Map<string, Held>();
  let cancel: (() => void) | null = null;
  let unsubscribe: (() => void) | null = null;
  let stopped = true;
  let turn: Promise<void> | null = null;

  const leaseName = (campaignId: string): string => `pacer:${campaignId}`;

  function begin(campaignId: string, until: number): void {
    const loop = createPacingLoop({
      ...parts,
      campaignId,
      account: createShareKeeper({ campaignId, store: parts.pacing, account }),
      mayAct: () => (held.get(campaignId)?.until ?? 0) - MARGIN_MS > clock.now(),
      announce: (decisionId) => bus.publish({ type: 'decision-made', campaignId, decisionId: String(decisionId) }),
    });
    held.set(campaignId, { loop, until });
    logger.info({ campaignId }, 'pacing');
  }

  async function end(campaignId: string): Promise<void> {
    const gone = held.get(campaignId);
    await gone?.loop.stop();
    held.delete(campaignId);
    await lease.release(leaseName(campaignId), owner);
  }

  /** Takes and renews leases of the running campaigns and lets go of the others. */
  async function round(): Promise<void> {
    const running = await campaigns.running();
    for (const { id } of running) {
      const now = clock.now();
      const until = now + LEASE_MS;
      const taken = await lease.take(leaseName(id), owner, until, now);
      const mine = held.get(id);
      if (taken === null) {
        if (mine !== undefined) await end(id);
      } else if (mine === undefined) begin(id, until);
      else mine.until = until;
    }
    const wanted = new Set(running.map(({ id }) => id));
    for (const id of [...held.keys()]) if (!wanted.has(id)) await end(id);
  }

  function next(ms: number): void {
    cancel?.();
    cancel = clock.after(ms, () => {
      turn = (turn ?? Promise.resolve())
        .then(() => (stopped ? undefined : round()))
        .catch((error: unknown) =>
          logger.error({ error: error instanceof Error ? error.message : String(error) }, 'a round of pacers failed'),
        )
        .finally(() => (stopped ? undefined : next(RENEW_MS)));
    });
  }

  function hear(event: DialerEvent): void {
    switch (event.type) {
      case 'agent-changed':
        if (event.campaignId !== null) held.get(event.campaignId)?.loop.touch({ desk: event.userId });
        return;
      case 'attempt-changed':
        held.get(event.campaignId)?.loop.touch({ call: event.attemptId });
        return;
      case 'contacts-changed':
        held.get(event.campaignId)?.loop.touch({ contacts: true });
        return;
      case 'campaign-changed':
        held.get(event.campaignId)?.loop.settingsChanged();
        // Started or stopped: leases are looked at now.
        next(0);
        return;
      case 'decision-made':
      case 'recording-changed':
        return;
    }
  }

  return {
    async start() {
      stopped = false;
      unsubscribe = bus.subscribe(hear);
      await round();
      next(RENEW_MS);
    },
    async stop() {
      stopped = true;
      unsubscribe?.();
      cancel?.();
      await turn;
      for (const id of [...held.keys()]) await end(id);
    },
  };
}
