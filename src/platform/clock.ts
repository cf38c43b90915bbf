/** Takes back what `after` arranged; calling it twice, or after the run, does nothing. */
export type Cancel = () => void;

/** The one source of time. Everything that waits or asks for the time is handed a clock. */
export type Clock = {
  /** Milliseconds since 1970 (UTC). */
  now(): number;
  /** Runs once, `ms` milliseconds of this clock from now. What `run` throws or rejects with is reported, not lost and not fatal. */
  after(ms: number, run: () => void | Promise<void>): Cancel;
  sleep(ms: number): Promise<void>;
};

/** How a clock's time relates to the machine's, for what must wait outside this process (queues, database servers). */
export type TimeScale = {
  /** Milliseconds of the clock that pass in one of the machine's. */
  readonly speed: number;
  /** The machine's time at a time of the clock. */
  toReal(at: number): number;
  /** The clock's time at a time of the machine. */
  fromReal(realAt: number): number;
};

export type ScaledClock = Clock & TimeScale;

export type ClockOptions = {
  /** 1 is the machine's own pace. */
  readonly speed: number;
  /** The clock's time at `realBaseMs`; the machine's time by default. */
  readonly baseEpochMs?: number;
  /** The machine's time at which both agree; the same in every process that must see the same time. Now by default. */
  readonly realBaseMs?: number;
  readonly onError?: (error: unknown) => void;
};

/** setTimeout takes no longer time; a longer wait is made of several. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's clock. */
export function systemClock(options: { readonly onError?: (error: unknown) => void } = {}): ScaledClock {
  return scaledClock({ ...options, speed: 1, baseEpochMs: 0, realBaseMs: 0 });
}

/** A clock that runs `speed` times as fast as the machine's, so that a shift can be watched in minutes. */
export function scaledClock(options: ClockOptions): ScaledClock {
  const { speed, onError = reportLoudly } = options;
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError('The speed of a clock is a positive number.');
  const realBase = options.realBaseMs ?? Date.now();
  const base = options.baseEpochMs ?? realBase;
  // Rounding up one way and to the nearest the other makes fromReal(toReal(at)) never earlier than `at`.
  const toReal = (at: number) => Math.ceil(realBase + (at - base) / speed);
  const fromReal = (realAt: number) => Math.round(base + (realAt - realBase) * speed);
  const now = () => fromReal(Date.now());

  const after = (ms: number, run: () => void | Promise<void>): Cancel => {
    const due = now() + ms;
    let timer: NodeJS.Timeout;
    const arm = () => {
      const wait = Math.max(0, Math.min(MAX_TIMEOUT_MS, (due - now()) / speed));
      timer = setTimeout(() => {
        // A timer may fire a moment early by the clock, and a long wait has only come to its next part.
        if (now() < due) arm();
        else void runGuarded(run, onError);
      }, Math.ceil(wait));
    };
    arm();
    return () => clearTimeout(timer);
  };
  const sleep = (ms: number) => new Promise<void>((resolve) => after(ms, resolve));
  return { now, after, sleep, speed, toReal, fromReal };
}

/** Runs a callback of a timer: nobody awaits it, so its errors go to `onError`. Resolves when it has ended, and never rejects. */
export async function runGuarded(run: () => void | Promise<void>, onError: (error: unknown) => void): Promise<void> {
  try {
    await run();
  } catch (error) {
    onError(error);
  }
}

function reportLoudly(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
