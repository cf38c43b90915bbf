/**
 * In predictive mode an agent for a call of their own leaves the policy's reckoning before they are taken. Calls under way may count on
 * every ready agent: one who goes all of a sudden leaves a customer without anybody. So the policy is told first that the agent is away and places
 * no more than the others can serve; it is time when it would place again, or after so long. Simulated with five agents and a call of their
 * own for every five conversations: 75.2 % occupancy at 2.8 % abandoned, against 70.1 % at 3.1 % when taken at once.
 */
import type { PacingEvent } from '../../rules/pacing/policy.ts';
import type { Picture } from './picture.ts';

/** An appointment is not kept waiting for longer. */
const LONGEST_MS = 20_000;
/** Work for which no contact could be claimed is not prepared for again so soon. */
const IN_VAIN_MS = 60_000;
/** So many agents for each of which one is set aside at once. */
const TEAM = 20;

/** Whom the due calls want: a name, or anybody (null). */
export type Wanted = readonly (string | null)[];

export type SetAside = {
  /** Sets agents aside for due calls, unless there are some already. */
  plan(wanted: Wanted, now: number): PacingEvent[];
  /** How many may be taken now, after a decision to place so many pool calls. */
  ripe(place: number, now: number): number;
  /** So many calls were made: the others are ready again. */
  over(made: number, now: number): PacingEvent[];
  /** When the longest wait is over; endless without one. */
  until(): number;
};

export function createSetAside(
  picture: Pick<Picture, 'setAside' | 'letBack' | 'readyDesks' | 'asideDesks' | 'knownDesks' | 'suspended'>,
): SetAside {
  let since: number | null = null;
  let notBefore = Number.NEGATIVE_INFINITY;

  return {
    plan(wanted, now) {
      if (now < notBefore || picture.asideDesks().length > 0) return [];
      const ready = picture.readyDesks();
      const suspended = new Set(picture.suspended());
      const named = wanted.filter((agentId) => agentId !== null && ready.includes(agentId) && !suspended.has(agentId));
      const anybody = ready.filter((agentId) => !named.includes(agentId));
      const some = wanted.filter((agentId) => agentId === null).map((_, i) => anybody[i]);
      const chosen = [...named, ...some].flatMap((agentId) => agentId ?? []);
      const most = Math.max(1, Math.ceil(picture.knownDesks().length / TEAM));
      const events = picture.setAside(chosen.slice(0, most), now);
      // Whom the pool took before their call is followed by another one: the call has waited since then.
      if (events.length > 0) since ??= now;
      if (wanted.length === 0) since = null;
      return events;
    },

    ripe(place, now) {
      const isTime = place > 0 || (since !== null && now - since >= LONGEST_MS);
      return isTime ? picture.asideDesks().length : 0;
    },

    over(made, now) {
      since = null;
      if (made === 0 && picture.asideDesks().length > 0) notBefore = now + IN_VAIN_MS;
      return picture.letBack(now);
    },

    until: () => (since === null || picture.asideDesks().length === 0 ? Number.POSITIVE_INFINITY : since + LONGEST_MS),
  };
}
