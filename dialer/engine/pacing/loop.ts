/**
 * Paces one running campaign: hears what changed, lets the policy decide, and acts within lines, calls per second and the
 * carrier's own limits. The policy recommends, this acts; every decision that placed calls can be read back.
 */
import type { ContactPicker } from '../../ports/contacts.ts';
import type { CampaignRow, Clock, Logger, PacingStore } from '../../ports.ts';
import type { PacingDecision, PacingPolicy, PolicyFactory } from '../../rules/pacing/policy.ts';
import type { CallPlacer } from '../call-placer.ts';
import type { CampaignCache } from '../campaign-cache.ts';
import { createAllowance } from './allowance.ts';
import { firstCause, foretoldOf, sawOf } from './journal.ts';
import { bindingOf } from './limits.ts';
import { createPicture } from './picture.ts';
import { createPolicyInCharge } from './policy-in-charge.ts';
import type { ReservedCalls } from './reserved-calls.ts';
import { createSetAside } from './set-aside.ts';
import type { ShareKeeper } from './shares.ts';

/** Changes that come together are decided on together; far below the 50 ms within which an agent shall be served. */
const GATHER_MS = 15;
/** A full look, in case announcements were lost. */
const RESYNC_MS = 5_000;
/** With no contact to claim, the list is asked again only so often, or when it has changed. */
const DRY_MS = 5_000;
/** Contacts that need an agent are looked for so often while agents are ready. */
const RESERVED_MS = 1_000;
const SAVE_MS = 60_000;

export type PacingLoop = {
  /** Something happened to these; `contacts`: there may be new ones to claim. */
  touch(what: { call?: string; desk?: string; contacts?: boolean }): void;
  /** Looks at the settings again. */
  settingsChanged(): void;
  stop(): Promise<void>;
};

export type LoopParts = {
  campaignId: string;
  pacing: PacingStore;
  picker: ContactPicker;
  placer: CallPlacer;
  reserved: ReservedCalls;
  cache: CampaignCache;
  clock: Clock;
  logger: Logger;
  policies: { predictive: PolicyFactory; progressive: PolicyFactory };
  /** What the campaign may use of the carrier account. */
  account: ShareKeeper;
  /** False once the lease is lost: then nothing is placed any more. */
  mayAct(): boolean;
  run(what: string, work: () => Promise<unknown>): void;
  announce(decisionId: bigint): void;
};

export function createPacingLoop(parts: LoopParts): PacingLoop {
  const { campaignId, pacing, picker, placer, reserved, cache, clock, logger } = parts;
  const picture = createPicture(campaignId);
  const aside = createSetAside(picture);
  const charge = createPolicyInCharge({ ...parts, picture });
  const allowance = createAllowance({ picture, account: parts.account, placer, clock });
  const dirtyCalls = new Set<string>();
  const dirtyDesks = new Set<string>();
  let cancelStep: (() => void) | null = null;
  let cancelWake: (() => void) | null = null;
  let stepping: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let syncedAt = Number.NEGATIVE_INFINITY;
  let lookedAt = clock.now();
  let dryUntil = 0;
  let reservedAt = Number.NEGATIVE_INFINITY;
  let savedAt = clock.now();
  let lastWhy = '';
  let decidedAt = clock.now();
  let cause: number | null = null;

  function schedule(ms: number): void {
    if (stopped) return;
    if (stepping !== null) again = true;
    else cancelStep ??= clock.after(ms, step);
  }

  function step(): void {
    cancelStep = null;
    if (stopped || stepping !== null) return;
    stepping = once()
      .catch((error: unknown) =>
        logger.error(
          { campaignId, error: error instanceof Error ? error.message : String(error) },
          'a pacing step failed',
        ),
      )
      .finally(() => {
        stepping = null;
        if (again) {
          again = false;
          schedule(GATHER_MS);
        }
      });
  }

  /** Reads what changed and tells the policy. */
  async function look(now: number, policy: PacingPolicy | null): Promise<void> {
    const full = now - syncedAt >= RESYNC_MS;
    const callIds = full ? [...new Set([...picture.knownCalls(), ...dirtyCalls])] : [...dirtyCalls];
    const deskIds = full ? [...new Set([...picture.knownDesks(), ...dirtyDesks])] : [...dirtyDesks];
    dirtyCalls.clear();
    dirtyDesks.clear();
    if (full) syncedAt = now;
    lookedAt = now;
    const [calls, desks, live, all] = await Promise.all([
      callIds.length > 0 ? pacing.calls(campaignId, callIds) : [],
      deskIds.length > 0 ? pacing.desks(campaignId, deskIds) : [],
      full ? pacing.calls(campaignId, null) : [],
      full ? pacing.desks(campaignId, null) : [],
    ]);
    const changed = { calls: [...calls, ...live], desks: [...desks, ...all] };
    cause ??= firstCause(changed.calls, changed.desks, decidedAt);
    for (const event of picture.observe(changed.calls, changed.desks, clock.now())) policy?.observe(event);
  }

  async function once(): Promise<void> {
    const campaign = await cache.get(campaignId);
    if (campaign === null || campaign.state !== 'running') return;
    const policy = await charge.policyFor(campaign, clock.now());
    await look(clock.now(), policy);
    if (!parts.mayAct()) return;
    const { ready } = picture.counts();
    const suspended = picture.suspended().length;
    const free = ready + suspended;
    if (policy === null) {
      if (free > 0 && clock.now() >= dryUntil && (await reserved.offer(campaign, ready, suspended)) < free)
        dryUntil = clock.now() + DRY_MS;
      wakeAt(clock.now() + RESYNC_MS);
      return;
    }
    if (free > 0 && clock.now() - reservedAt >= RESERVED_MS) {
      reservedAt = clock.now();
      const { inFlight, waiting } = picture.counts();
      if (campaign.settings.pacing.mode === 'progressive') {
        for (const event of aside.over(0, clock.now())) policy.observe(event);
        // A call under way is one ready agent's: who is taken from it leaves a customer without anybody.
        await dialReserved(campaign, policy, ready - inFlight - waiting);
      } else {
        if (suspended > 0) await dialReserved(campaign, policy, 0);
        for (const event of aside.plan(await reserved.due(campaign), clock.now())) policy.observe(event);
      }
    }
    const now = clock.now();
    const decision = policy.decide(now);
    const ripe = aside.ripe(decision.place, now);
    if (ripe > 0) {
      const made = await dialReserved(campaign, policy, ripe);
      for (const event of aside.over(made, clock.now())) policy.observe(event);
    }
    const lagMs = cause === null ? null : Math.max(0, clock.now() - cause);
    decidedAt = now;
    cause = null;
    const placed = await act(campaign, policy, decision, now, lagMs);
    if (now - savedAt >= SAVE_MS) {
      savedAt = now;
      await charge.save(lookedAt);
    }
    // What could not be placed now is tried again soon: the gate refills, or the list is asked again.
    const unserved = placed < decision.place ? Math.max(100, Math.min(DRY_MS, dryUntil - clock.now())) : RESYNC_MS;
    wakeAt(Math.min(decision.wakeAt ?? Number.POSITIVE_INFINITY, aside.until(), clock.now() + unserved));
  }

  /** Answers how many calls it made, for at most so many agents of the pool. */
  async function dialReserved(campaign: CampaignRow, policy: PacingPolicy, spare: number): Promise<number> {
    const made = await reserved.dialDue(campaign, allowance.oneByOne(campaign), picture, spare);
    // Seen at once, not when it is announced: each of them has a line.
    for (const attemptId of made) dirtyCalls.add(attemptId);
    if (made.length > 0) await look(clock.now(), policy);
    return made.length;
  }

  async function act(
    campaign: CampaignRow,
    policy: PacingPolicy,
    decision: PacingDecision,
    now: number,
    lagMs: number | null,
  ): Promise<number> {
    const counts = picture.counts();
    const { mode } = campaign.settings.pacing;
    const room = await allowance.room(campaign, decision.place, now);
    const { lines } = room;
    const resting = now < dryUntil || now < placer.restUntil();
    const count = allowance.start(resting ? 0 : Math.min(decision.place, lines), room, now);
    const binding = bindingOf(decision, { lines, resting: now < dryUntil, count });
    const why = decision.why ?? decision.reason?.code ?? '';
    const { settingsVersion } = campaign;
    const saw = sawOf(decision, { counts, linesFree: lines, mode, settingsVersion, lagMs, binding });
    if (count === 0) {
      // The log keeps why nothing is placed, once for each reason and not for each look.
      const code = `${decision.reason?.code ?? why}/${binding ?? ''}`;
      if (code !== lastWhy) parts.announce(await pacing.recordDecision({ campaignId, at: now, placed: 0, why, saw }));
      lastWhy = code;
      return 0;
    }
    lastWhy = '';
    const decisionId = await pacing.recordDecision({ campaignId, at: now, placed: count, why, saw });
    const claims = await picker.claim({ campaignId, count, mode, agentId: null, decisionId, now: clock.now() });
    for (const { attemptId, chance } of claims) {
      policy.observe(picture.placed(attemptId, clock.now(), chance));
      parts.run('place', () => placer.place(attemptId));
    }
    if (claims.length < count) dryUntil = clock.now() + DRY_MS;
    const calls = foretoldOf(decision, claims);
    await pacing.recordClaimed({ decisionId, campaignId, at: now, calls });
    parts.announce(decisionId);
    return claims.length;
  }

  function wakeAt(time: number): void {
    cancelWake?.();
    cancelWake = stopped ? null : clock.after(Math.max(GATHER_MS, time - clock.now()), () => schedule(0));
  }

  schedule(0);
  return {
    touch({ call, desk, contacts }) {
      if (call !== undefined) dirtyCalls.add(call);
      if (desk !== undefined) dirtyDesks.add(desk);
      if (contacts === true) dryUntil = 0;
      schedule(GATHER_MS);
    },
    settingsChanged() {
      dryUntil = 0;
      schedule(0);
    },
    async stop() {
      stopped = true;
      cancelStep?.();
      cancelWake?.();
      await stepping;
      if (!parts.mayAct()) return;
      await charge.save(lookedAt);
      await parts.account.release(clock.now());
    },
  };
}
