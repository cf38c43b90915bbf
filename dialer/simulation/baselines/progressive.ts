import type { PolicySource } from '../policy-source.ts';
import { Board } from './board.ts';

/** Progressive 1:1: never more calls in the air than ready agents. */
export const progressive: PolicySource = (config) => {
  const board = new Board();
  return {
    observe: (event) => board.observe(event),
    decide: () => ({ place: board.room(config, board.ready - board.inAir) }),
  };
};

/** Fixed ratio: so many lines for each ready agent. */
export function fixedRatio(linesPerAgent: number): PolicySource {
  return (config) => {
    const board = new Board();
    return {
      observe: (event) => board.observe(event),
      decide: () => ({ place: board.room(config, Math.floor(board.ready * linesPerAgent) - board.inAir) }),
    };
  };
}
