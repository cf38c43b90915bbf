/** So many spells are remembered, and so many seconds are searched for the moment of a change. */
const SPELLS = 24;
const SEARCHED_S = 300;
/**
 * A change is believed where the rate differs by this factor and the calls since then say so by this log-likelihood ratio, and
 * by more the longer the spell: of the more handfuls of calls the luckiest was looked for.
 */
const SURE = 5;
/** A spell that is over was none if it is not told from the one before by more than that: luck ends soon, and says no more in the end. */
const SURER = 1.5;
const LEAST_RATIO = 1.8;
/** Fewer calls than this do not begin a spell; fewer than that are no spell that could end. */
const LEAST_CALLS = 8;
const LEAST_SPELL = 30;
/** Before anything was seen a level is believed to begin about once in so many calls. */
const SELDOM = 500;
/** What one second without word of calls counts at most, ms: at lunch no spell goes on. */
const LONGEST_STEP_MS = 5_000;
/** Two rates are of one level as far as their logarithms lie within this deviation. */
const ALIKE = 0.4;
/** Levels nearer than this factor are recalled as one, and no more than so many. */
const MERGED = 1.5;
const LEVELS = 5;

/** A time in which the list was answered with about one rate; `ms` at work. */
type Spell = { exposure: number; answers: number; ms: number };
/** A rate that lasted, on how many calls that rests, and how many such spells there were. */
export type Level = { rate: number; exposure: number; spells: number };
/** The levels that were seen to last, for the answer rate to recognise, and for each call the chance that one spell more begins. */
/** `changes`: as many as are remembered; `since`: what came since the last one, undefined as long as none was seen. */
export type KnownLevels = { levels: readonly Level[]; perCall: number; changes: number; since: Calls | undefined };
/** Calls that would have been presented by now if all ever were, and those that were. */
export type Calls = { exposure: number; answers: number };
/** What earlier spells like the present one came to: how many gave way to a better one and its rate, and how long all of them lasted. */
export type Recurrence = { ends: number; ms: number; rate: number; presentMs: number };

const rateOf = ({ exposure, answers }: { exposure: number; answers: number }): number =>
  (answers + 0.5) / (exposure + 2);
/** Log-likelihood (Poisson) of the answers at their own rate, without what is common to all rates. */
const fitOf = ({ exposure, answers }: { exposure: number; answers: number }): number =>
  answers > 0 ? answers * Math.log(answers / exposure) : 0;
/** What the likelihood ratio must be to end a spell. */
const barFor = ({ exposure }: Spell, surer: number): number => SURE + surer * Math.log(1 + exposure / LEAST_CALLS);

/**
 * The spells of this list: what its answer rate was, for how long, and what came then. Lists that are called in turn, and hours that
 * come and go, repeat themselves; after the second or third change it is known what the levels are and how long they last.
 *
 * A spell ends where the calls since some second of the last minutes fit a rate of their own by far better than the spell's
 * (likelihood ratio of two samples against one; a generalised Page test). A mistaken end is undone when the lucky handful of calls is over.
 */
export class AnswerSpells implements KnownLevels {
  private past: Spell[] = [];
  private present: Spell = { exposure: 0, answers: 0, ms: 0 };
  /** What the last seconds brought, newest last; never older than the present spell. */
  private recent: Spell[] = [];
  private at = Number.NaN;
  private known: readonly Level[] = [];

  get levels(): readonly Level[] {
    return this.known;
  }

  get since(): Calls | undefined {
    return this.past.length > 0 ? this.present : undefined;
  }

  get changes(): number {
    return this.past.length;
  }

  get perCall(): number {
    return 1 / (this.past.reduce((sum, { exposure }) => sum + exposure, this.present.exposure) + SELDOM);
  }

  /** So much exposure and so many answers since the last time; see AnswerRate. */
  learn(now: number, exposure: number, answers: number): void {
    const ms = Number.isNaN(this.at) ? 0 : Math.max(0, Math.min(LONGEST_STEP_MS, now - this.at));
    this.at = now;
    if (!(exposure > 0 || answers > 0)) return;
    const news = { exposure, answers, ms };
    add(this.present, news, 1);
    this.recent.push(news);
    if (this.recent.length > SEARCHED_S) this.recent.shift();
    this.lookForChange();
  }

  private lookForChange(): void {
    const since: Spell = { exposure: 0, answers: 0, ms: 0 };
    const whole = fitOf(this.present);
    let best = { gain: barFor(this.present, 1), steps: 0, since };
    for (let steps = 1, tried = 0; steps <= this.recent.length; steps++) {
      const news = this.recent[this.recent.length - steps];
      if (news) add(since, news, 1);
      const before = {
        exposure: this.present.exposure - since.exposure,
        answers: this.present.answers - since.answers,
      };
      if (before.exposure < LEAST_SPELL) break;
      // The longer ago, the less it matters which second it was.
      if (since.exposure < LEAST_CALLS || steps < tried * 1.2) continue;
      tried = steps;
      const gain = fitOf(since) + fitOf(before) - whole;
      if (gain <= best.gain || Math.abs(Math.log(rateOf(since) / rateOf(before))) < Math.log(LEAST_RATIO)) continue;
      best = { gain, steps, since: { ...since } };
    }
    if (best.steps === 0) return;
    add(this.present, best.since, -1);
    const { present } = this;
    this.present = best.since;
    this.recent = this.recent.slice(-best.steps);
    if (this.wasLuck(present)) this.undo(present);
    else this.past.push(present);
    if (this.past.length > SPELLS) this.past.shift();
    this.known = levelsOf(this.past);
  }

  private wasLuck(spell: Spell): boolean {
    const before = this.past[this.past.length - 1];
    if (!before) return false;
    const both = { ...before };
    add(both, spell, 1);
    return fitOf(before) + fitOf(spell) - fitOf(both) < barFor(before, SURER);
  }

  /** The spell before goes on: a lucky handful of calls had interrupted it. */
  private undo(luck: Spell): void {
    const before = this.past.pop();
    if (before) add(this.present, before, 1);
    add(this.present, luck, 1);
  }

  /** How spells of about this rate went on. */
  recurrence(rate: number): Recurrence {
    const sum = { ends: 0, ms: 0, log: 0 };
    for (const [i, spell] of this.past.entries()) {
      const alike = Math.exp(-((Math.log(rateOf(spell) / rate) / ALIKE) ** 2) / 2);
      const next = rateOf(this.past[i + 1] ?? this.present);
      sum.ms += alike * spell.ms;
      if (next < LEAST_RATIO * rate) continue;
      sum.ends += alike;
      sum.log += alike * Math.log(next);
    }
    const better = sum.ends > 0 ? Math.exp(sum.log / sum.ends) : rate;
    return { ends: sum.ends, ms: sum.ms, rate: better, presentMs: this.present.ms };
  }

  toJSON(): unknown {
    return { past: this.past, present: this.present };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null || !('past' in stored) || !('present' in stored)) return;
    if (!Array.isArray(stored.past) || !isSpell(stored.present)) return;
    const list: unknown[] = stored.past.slice(-SPELLS);
    this.past = list.filter(isSpell).map(copyOf);
    this.present = copyOf(stored.present);
    this.recent = [];
    this.known = levelsOf(this.past);
  }
}

function add(to: Spell, { exposure, answers, ms }: Spell, sign: 1 | -1): void {
  to.exposure += sign * exposure;
  to.answers += sign * answers;
  to.ms += sign * ms;
}

/** The distinct rates of these spells; the ones with most calls, if they are too many. */
function levelsOf(spells: readonly Spell[]): Level[] {
  const merged: { sum: Spell; spells: number }[] = [];
  for (const spell of [...spells].sort((a, b) => rateOf(a) - rateOf(b))) {
    const last = merged[merged.length - 1];
    if (last && rateOf(spell) < MERGED * rateOf(last.sum)) {
      add(last.sum, spell, 1);
      last.spells++;
    } else merged.push({ sum: { ...spell }, spells: 1 });
  }
  return merged
    .sort((a, b) => b.sum.exposure - a.sum.exposure)
    .slice(0, LEVELS)
    .map(({ sum, spells: count }) => ({ rate: rateOf(sum), exposure: sum.exposure, spells: count }));
}

const copyOf = ({ exposure, answers, ms }: Spell): Spell => ({ exposure, answers, ms });

function isSpell(value: unknown): value is Spell {
  if (typeof value !== 'object' || value === null) return false;
  if (!('exposure' in value) || !('answers' in value) || !('ms' in value)) return false;
  return [value.exposure, value.answers, value.ms].every((n) => typeof n === 'number' && n >= 0 && n < 1e12);
}
