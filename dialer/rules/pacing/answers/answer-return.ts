import { clamp } from '../numbers.ts';
import type { Recurrence } from './answer-spells.ts';
import { AnswerWatch, type Flying } from './answer-watch.ts';

/** The list's past is kept in blocks of this length, for so many of them: three hours. */
const BLOCK_MS = 5 * 60_000;
const BLOCKS = 36;
/** So many calls without an answer are added to each block: a lucky handful is no rate to come back to. */
const BLOCK_DOUBT = 10;
/** The best of many blocks is partly luck: so many deviations of its answers are taken off before a list is said to have fallen from it. */
const LUCK = 2.5;
/** It is looked for in single blocks, and in half hours for lists of few calls. */
const SPANS = [1, 6];
/** Time that a call is under way and that it takes to notice a change, ms: a return within it finds the call in the air. */
const FLIGHT_MS = 30_000;
/**
 * Chance that a list which did not die gets this much better within that time: at first once in sixteen hours of calling, or in four
 * where nothing comes of its answers, because then a fault is likelier which somebody mends. A list that talks is what it is:
 * the longer it was seen not to get better, the less it is expected to.
 */
const FRESH_CHANCE = { usual: 0.0005, worthless: 0.002 } as const;
const SEEN_MS = 3_600_000;
/** A spell that has just begun is believed to last at least about so long, ms. */
const YOUNG_MS = 120_000;
/**
 * A list has died as far as it was seen to fall from between so many and so many times what it has now, and as far as it may come
 * back to between so many and so many times that: short of that there is talk to lose by being careful.
 */
const FALLEN = { from: 1.5, full: 2.5 } as const;
const FAR = { from: 5, full: 8 } as const;
/** If it comes back, this share of its chance is for a list far better than it ever was: halfway (in ratio) to where everybody answers. */
const BOLD_SHARE = 0.1;
/** One person among ten answers is worth as much as without the machines. */
const FEW_PEOPLE = 0.1;
/** What one call that an agent had counts in the share of people among them. */
const PARTY_SHARE = 0.02;
const NEVER: Recurrence = { ends: 0, ms: 0, rate: 1, presentMs: 0 };
/** A better rate, the chance that it is there when a call placed now is answered, the rate that is usual until then, and more. */
export type Return = {
  rate: number;
  chance: number;
  usual: number;
  /** How far that chance was learnt from such returns. */
  recurring: number;
  /** Chance that calls placed so many seconds ago were placed after the change, if there was one. */
  sharesAfter: Float64Array | undefined;
};
type Block = { block: number; exposure: number; answers: number };
/** The best rate of the past hours, what of it is beyond luck, until when the list had about that, ms, and what it had lately. */
type Past = { block: number; rate: number; sure: number; hadAt: number; lately: number };

/**
 * A list that answers hardly any more may come back, and then hundreds of calls in the air are too many. How likely is that
 * before a call placed now is answered, and with what rate?
 *
 * A list that was seen to fall comes back with the chance that its spell ends now: a spell that has lasted for t lasts for d more with
 * chance t ÷ (t + d) (the rule of Laplace and Gott for a length of unknown scale). One that never was better has a small constant chance.
 * Where such spells have ended before (AnswerSpells) it comes as often as they did, and the time that all of them lasted stands for t.
 * And the calls of the last seconds are watched: if those placed after one of those seconds are answered as the better rate foretells,
 * the chance grows by the ratio of the likelihoods (Bayes' rule; Page's test asks the same), after two or three answers.
 */
export class AnswerReturn {
  private blocks: Block[] = [];
  /** What the blocks say, as it was summed last: it is asked for at every look and changes once a second. */
  private known: Past | undefined;
  /** Share of people among the last fifty or so that agents had on the line, where that is told. */
  people = 1;
  private readonly believed: number;
  private readonly watch = new AnswerWatch();

  /** @param believed the rate that a list is believed to have before anything is known of it */
  constructor(believed: number) {
    this.believed = believed;
  }

  /** A call that was placed at `placedAt` is presented, or never will be. */
  count(now: number, placedAt: number, presented: boolean): void {
    this.watch.count(now, placedAt, presented);
  }

  /** An agent had a person on the line, or a machine. */
  countParty(isPerson: boolean): void {
    this.people += PARTY_SHARE * ((isPerson ? 1 : 0) - this.people);
  }

  /** So much exposure and so many answers since the last time; see AnswerRate. */
  learn(now: number, exposure: number, answers: number): void {
    const block = Math.floor(now / BLOCK_MS);
    let last = this.blocks[this.blocks.length - 1];
    if (last?.block !== block) {
      last = { block, exposure: 0, answers: 0 };
      this.blocks.push(last);
      if (this.blocks.length > BLOCKS) this.blocks.shift();
    }
    last.exposure += exposure;
    last.answers += answers;
    this.known = undefined;
  }

  /** The best rate that the list had in the past hours. */
  best(now: number): number {
    return this.past(now).rate;
  }

  private past(now: number): Past {
    const block = Math.floor(now / BLOCK_MS);
    if (this.known?.block !== block) this.known = this.pastAt(block);
    return this.known;
  }

  private pastAt(now: number): Past {
    const rateOf = ({ exposure, answers }: Block): number => answers / (exposure + BLOCK_DOUBT);
    const oldest = now - BLOCKS;
    const known = this.blocks.filter(({ block }) => block > oldest);
    const rate = known.reduce((most, block) => Math.max(most, rateOf(block)), 0);
    const sure = Math.max(...SPANS.map((span) => sureRate(known, span)));
    const last = known.reduce((at, block) => (rateOf(block) > 0.6 * rate ? block.block : at), 0);
    const latest = known
      .slice(-2)
      .reduce((a, b) => ({ exposure: a.exposure + b.exposure, answers: a.answers + b.answers }), {
        exposure: BLOCK_DOUBT,
        answers: BLOCK_DOUBT * this.believed,
      });
    return { block: now, rate, sure, hadAt: (last + 1) * BLOCK_MS, lately: latest.answers / latest.exposure };
  }

  /**
   * The better rate, the chance that it is there when a call placed now is answered, and the rate that is usual until then.
   * @param mean the rate that the list has now, as believed
   * @param flying the calls under way, and how much likelier each is to look as it does if it will be presented
   * @param worth of an answer now, 0 to 1: where nothing comes of those that there are, nothing is lost by being careful
   * @param again how earlier spells with that rate went on
   */
  outlook(now: number, mean: number, flying: readonly Flying[], worth: number, again: Recurrence = NEVER): Return {
    this.watch.moveTo(now);
    const { rate: seen, sure, hadAt, lately } = this.past(now);
    // What is believed without having been seen counts as one return.
    const recurring = again.ends / (again.ends + 1);
    const highest = clamp(Math.max(seen, this.believed), mean, 0.95);
    const rate = Math.max(mean, highest ** (1 - recurring) * again.rate ** recurring);
    // A few lucky answers do not wake the dead.
    const level = Math.min(mean, lately);
    // Machines taken for people are no answers that a list could be proud of.
    const far = reach(highest / (level * this.people), FAR);
    const died = far * reach(sure / level, FALLEN);
    const ageMs = Math.max(0, now - hadAt);
    const age = ageMs + recurring * (again.presentMs - ageMs);
    const each = (YOUNG_MS + age + again.ms) / (1 + again.ends);
    const ends = FLIGHT_MS / (FLIGHT_MS + each);
    const talk = Math.min(worth, this.people / FEW_PEOPLE);
    const hopeless = far * (1 - talk);
    const known = FRESH_CHANCE.usual / (1 + (this.blocks.length * BLOCK_MS) / SEEN_MS);
    const fresh = known + hopeless * (FRESH_CHANCE.worthless - known);
    const chance = fresh + Math.max(died, recurring) * (ends - fresh);
    const bold = BOLD_SHARE * (1 - recurring);
    const better = [
      { share: 1 - bold, rate },
      { share: bold, rate: Math.sqrt(rate) },
    ];
    // A return that was seen before comes as often as it came, once in each second of which the calls say so much; of any other it is
    // not known how soon it would be noticed.
    let since: Float64Array | undefined;
    const odds = better.map((to) => {
      const ratios = this.watch.since(mean, Math.min(0.95, to.rate), flying);
      since ??= ratios;
      const unknown = 1 / (1 - chance) + (1000 * sumAbove(ratios, 1)) / FLIGHT_MS;
      if (recurring === 0) return to.share * chance * unknown;
      const known = (1000 * sumAbove(ratios, 0)) / FLIGHT_MS;
      return to.share * chance * (unknown + recurring * (known - unknown));
    });
    const all = odds.reduce((a, b) => a + b, 0);
    return {
      rate: better.reduce((sum, to, i) => sum + (to.rate * (odds[i] ?? 0)) / all, 0),
      chance: Math.min(0.999, all / (1 + all)),
      usual: (mean + died * (1 - recurring) * (level - mean)) * (1 + far * (talk - 1)),
      recurring,
      sharesAfter: since === undefined || recurring === 0 ? undefined : sharesAfter(since, recurring),
    };
  }

  toJSON(): unknown {
    return { blocks: this.blocks, people: this.people };
  }

  load(stored: unknown): void {
    if (typeof stored !== 'object' || stored === null) return;
    if ('people' in stored && typeof stored.people === 'number' && stored.people >= 0 && stored.people <= 1)
      this.people = stored.people;
    if (!('blocks' in stored) || !Array.isArray(stored.blocks)) return;
    this.known = undefined;
    const list: unknown[] = stored.blocks.slice(-BLOCKS);
    this.blocks = list.filter(isBlock).map(({ block, exposure, answers }) => ({ block, exposure, answers }));
  }
}

/** The best rate of any `span` blocks in a row, less what may be luck of the best. */
function sureRate(blocks: readonly Block[], span: number): number {
  let best = 0;
  let exposure = BLOCK_DOUBT;
  let answers = 0;
  for (const [i, block] of blocks.entries()) {
    const gone = i < span ? undefined : blocks[i - span];
    exposure += block.exposure - (gone?.exposure ?? 0);
    answers += block.answers - (gone?.answers ?? 0);
    best = Math.max(best, (answers - LUCK * Math.sqrt(Math.max(0, answers))) / exposure);
  }
  return best;
}

/** What the ratios are above a level, together. */
function sumAbove(ratios: Float64Array | undefined, level: number): number {
  let sum = 0;
  for (let ago = 0; ratios !== undefined && ago < ratios.length; ago++) sum += Math.max(0, (ratios[ago] ?? 0) - level);
  return sum;
}

/** Of a return that was seen before it is known how it begins; of any other the calls under way may all be answered. */
function sharesAfter(ratios: Float64Array, recurring: number): Float64Array {
  const all = Math.max(1e-9, sumAbove(ratios, 0));
  let before = 0;
  return ratios.map((ratio) => {
    const share = 1 - before / all;
    before += ratio;
    return 1 - recurring * (1 - share);
  });
}

/** How far `ratio` has come on its way: 0 up to `from`, 1 at `full` and beyond. */
const reach = (ratio: number, { from, full }: { from: number; full: number }): number =>
  clamp((ratio - from) / (full - from), 0, 1);

function isBlock(value: unknown): value is Block {
  if (typeof value !== 'object' || value === null) return false;
  if (!('block' in value) || !('exposure' in value) || !('answers' in value)) return false;
  const { block, exposure, answers } = value;
  if (!Number.isInteger(block) || typeof exposure !== 'number' || typeof answers !== 'number') return false;
  return exposure >= 0 && exposure < 1e12 && answers >= 0 && answers < 1e12;
}
