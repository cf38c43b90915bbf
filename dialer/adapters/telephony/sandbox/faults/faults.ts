/**
 * The faults the sandbox can be told to have. Each has a rate (share of the occasions that are hit) and, where time or
 * size matters, an amount. They can be switched when the sandbox starts and while it runs.
 */
export const FAULTS = {
  'lost-create-answer': 'the call or text is made, but the connection breaks instead of the 201',
  'rest-500': 'a REST request is answered 500 and nothing was done',
  'rest-reset': 'the connection of a REST request is reset and nothing was done',
  'rest-429': 'a REST request is answered 429 (20429) and nothing was done',
  'rest-slow': 'a REST answer comes `ms` later (real time)',
  'stale-reads': 'a call younger than `ms` (virtual time) is not yet found by fetch or list',
  'webhook-slow': 'a webhook or callback leaves `ms` later (real time)',
  'webhook-fail': 'a webhook or callback fails as if the application answered 502',
  'webhook-unreachable': 'a webhook or callback fails as if the connection was refused',
  'callback-duplicate': 'a callback is sent twice',
  'callback-reorder': 'a callback is held back up to `ms` (virtual time), so that later ones overtake it',
  'callback-missing': 'a callback is never sent',
  'recording-late': 'a recording is ready `ms` later (virtual time)',
  'recording-absent': 'a recording ends as absent',
  'recording-truncated': 'the download of a recording breaks off in the middle',
  'recording-silent-loss': 'a recording never gets ready and no callback says so',
  'amd-wrong': 'the machine verdict is turned round',
  'clock-skew': 'the Timestamp of callbacks is `ms` off',
} as const;

export type FaultName = keyof typeof FAULTS;
export type Fault = { rate: number; ms: number };

const DEFAULT_MS: Partial<Record<FaultName, number>> = {
  'rest-slow': 2_000,
  'webhook-slow': 2_000,
  'callback-reorder': 5_000,
  'recording-late': 120_000,
  'clock-skew': 90_000,
  'stale-reads': 2_000,
};

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

/** The faults that are switched on, with the seeded chance that decides whether an occasion is hit. */
export class Faults {
  readonly #active = new Map<FaultName, Fault>();
  readonly #hits = new Map<FaultName, number>();
  readonly #chance: () => number;

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  /** Switches a fault: `rate` 0 turns it off. */
  set(name: FaultName, fault: { rate?: number; ms?: number }): void {
    const rate = Math.min(1, Math.max(0, fault.rate ?? 1));
    if (rate === 0) this.#active.delete(name);
    else this.#active.set(name, { rate, ms: fault.ms ?? DEFAULT_MS[name] ?? 0 });
  }

  clear(): void {
    this.#active.clear();
  }

  /** Whether this occasion is hit, and by how much. */
  hit(name: FaultName): Fault | null {
    const fault = this.#active.get(name);
    if (fault === undefined || (fault.rate < 1 && this.#chance() >= fault.rate)) return null;
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1);
    return fault;
  }

  /** A number in [0, 1) for a fault that spreads over a range. */
  spread(): number {
    return this.#chance();
  }

  /** What is on now and how often each fault struck. */
  state(): { active: Record<string, Fault>; hits: Record<string, number> } {
    return { active: Object.fromEntries(this.#active), hits: Object.fromEntries(this.#hits) };
  }
}

/**
 * Reads `name`, `name=rate` and `name=rate:ms`, separated by commas.
 *
 * Returns the faults or the first piece that could not be read.
 */
export function parseFaults(text: string): { ok: true; faults: [FaultName, Fault][] } | { ok: false; piece: string } {
  const faults: [FaultName, Fault][] = [];
  for (const piece of text.split(',').map((part) => part.trim())) {
    if (piece === '') continue;
    const match = /^([a-z0-9-]+)(?:=([\d.]+)(?::(-?\d+))?)?$/.exec(piece);
    const name = match?.[1];
    if (match === null || name === undefined || !isFaultName(name)) return { ok: false, piece };
    const rate = match[2] === undefined ? 1 : Number(match[2]);
    const ms = match[3] === undefined ? (DEFAULT_MS[name] ?? 0) : Number(match[3]);
    if (!(rate >= 0 && rate <= 1)) return { ok: false, piece };
    faults.push([name, { rate, ms }]);
  }
  return { ok: true, faults };
}
