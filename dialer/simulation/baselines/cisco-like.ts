import type { PacingEvent } from '../../rules/pacing/policy.ts';
import type { PolicySource } from '../policy-source.ts';
import { Board } from './board.ts';

const answersPerStep = 100;
const gain = 0.1;

/** In the manner of Cisco's outbound option: lines per ready agent, corrected after every 100 live answers. */
export const ciscoLike: PolicySource = (config) => {
  const board = new Board();
  let linesPerAgent = 1.5;
  let answers = 0;
  let drops = 0;
  const correct = (): void => {
    const miss = (config.maxAbandonRate - drops / answers) / Math.max(0.001, config.maxAbandonRate);
    linesPerAgent = Math.min(20, Math.max(1, linesPerAgent * (1 + gain * Math.max(-3, miss))));
    answers = 0;
    drops = 0;
  };
  return {
    observe(event: PacingEvent): void {
      board.observe(event);
      if (event.type !== 'connected' && event.type !== 'abandoned') return;
      answers++;
      drops += Number(event.type === 'abandoned');
      if (answers >= answersPerStep) correct();
    },
    decide: () => ({ place: board.room(config, Math.floor(board.ready * linesPerAgent) - board.inAir) }),
  };
};
