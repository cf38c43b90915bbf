/** Signals of a desk with a part in another agent's call: helping, giving a customer away, taking one over. */
import type { Desk, DeskDecision, DeskSignal } from '../agent-words.ts';
import { changed, enter, refuse, rest, same } from './steps.ts';

const kinds = [
  'assist',
  'assisting',
  'leg-away',
  'leg-moving',
  'take',
  'give',
  'take-back',
  'aside-over',
  'giver-writes',
  'aside-checked',
] as const;
export type AsideSignal = Extract<DeskSignal, { kind: (typeof kinds)[number] }>;

export const isAsideSignal = (signal: DeskSignal): signal is AsideSignal => kinds.some((kind) => kind === signal.kind);

export function asideSignal(desk: Desk, signal: AsideSignal, now: number): DeskDecision {
  switch (signal.kind) {
    case 'assist': {
      if (desk.activity !== 'ready' || desk.next !== null) return refuse(desk, 'not-ready');
      const { attemptId, deadlineAt } = signal;
      return changed({ ...enter(desk, 'reserved', null), aside: { attemptId, role: 'helper' }, deadlineAt });
    }
    case 'assisting':
      return partOf(desk, signal.attemptId, 'helper') && desk.activity === 'reserved'
        ? changed(enter(desk, 'talking', null))
        : same(desk);
    case 'leg-away':
      return desk.legState === 'joined' ? changed({ ...desk, legState: 'dialling' }) : same(desk);
    case 'leg-moving':
      return desk.legState === 'absent' ? same(desk) : changed({ ...desk, legState: 'dialling', room: signal.room });
    case 'take': {
      const free = desk.activity === 'ready' && desk.next === null;
      if (!free && !partOf(desk, signal.attemptId, 'helper')) return refuse(desk, 'not-ready');
      return changed({ ...enter(desk, 'reserved', signal.attemptId), aside: null, deadlineAt: null });
    }
    case 'give': {
      const { attemptId, deadlineAt } = signal;
      if (desk.attemptId !== attemptId || desk.activity !== 'talking') return same(desk);
      return changed({ ...enter(desk, 'reserved', null), aside: { attemptId, role: 'giver' }, deadlineAt });
    }
    case 'take-back':
      return partOf(desk, signal.attemptId, 'giver')
        ? changed({ ...enter(desk, 'reserved', signal.attemptId), aside: null, deadlineAt: null })
        : same(desk);
    case 'aside-over':
      return desk.aside?.attemptId === signal.attemptId ? rest(desk, now, true) : same(desk);
    case 'giver-writes':
      return partOf(desk, signal.attemptId, 'giver')
        ? changed({ ...enter(desk, 'wrap-up', signal.attemptId), aside: null, deadlineAt: signal.deadlineAt })
        : same(desk);
    case 'aside-checked':
      return desk.aside === null ? same(desk) : changed({ ...desk, deadlineAt: signal.deadlineAt });
  }
}

const partOf = (desk: Desk, attemptId: string, role: 'helper' | 'giver'): boolean =>
  desk.aside?.attemptId === attemptId && desk.aside.role === role;
