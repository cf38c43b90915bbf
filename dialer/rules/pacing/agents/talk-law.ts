import type { Belief } from './hazard.ts';
import { LengthLaw } from './length-law.ts';

/** By the second at first: machines and short refusals end within few seconds of each other, and a call placed now is about as long under way. */
const EDGES = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 180, 240, 300, 400, 550,
];
const GROUPS = [0, 30, 120];
/** Before any was seen a talk is believed to last so long; twice as long costs five agents 0.8 points of occupancy. */
const BELIEVED_TALK_S = 100;
/** Talks that outlast the first half minute are mostly conversations, not refusals: until seen they are believed to end later. */
const atFirst = {
  ends: 3,
  groups: [0, 10, 30, 60, 120, 240],
  factor: (age: number): number => (age < 30 ? 1 : 0.6),
};

/** How likely a talk ends within its next second. */
export class TalkLaw extends LengthLaw {
  constructor() {
    super({ edges: EDGES, groups: GROUPS }, BELIEVED_TALK_S);
  }

  override perSecond(running: readonly number[], belief: Belief = atFirst): number[] {
    return super.perSecond(running, belief);
  }
}
