import { useEffect, useRef } from 'react';
import { dialogOpen } from '../../shared/dialog-open.ts';
import type { Player } from '../player/use-player.ts';
import { type Criterion, type Judging, type JudgingStep, reasonsByCheck } from './answers.ts';

/** Space belongs to a box that has the focus; buttons are pressed with Enter here, because Space plays and pauses. */
const isBox = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');

const isText = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'range'].includes(target.type)) ||
  (target instanceof HTMLElement && target.closest('.ant-select, select') !== null);

/** Everything by key: the player, the criteria, reasons by digit while one is asked for, and the verdict. */
export function useJudgeKeys(options: {
  player: Player;
  judging: Judging;
  criteria: readonly Criterion[];
  act: (step: JudgingStep) => void;
  submit: () => void;
}) {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { player, judging, criteria, act, submit } = latest.current;
      if (dialogOpen()) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        submit();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isText(event.target)) return;
      if (event.key === ' ' && isBox(event.target)) return;
      const criterion = criteria[judging.at];
      const answer = criterion ? judging.answers[criterion.code] : undefined;
      const asksReason = answer?.verdict === 'fail' && answer.reason === null;
      const on: Record<string, () => void> = {
        ' ': player.toggle,
        arrowleft: () => player.move(-5),
        arrowright: () => player.move(5),
        ',': () => player.faster(-1),
        '.': () => player.faster(1),
        s: player.toggleSilence,
        l: player.toggleLoop,
        a: () => act({ step: 'pass-rest', criteria }),
      };
      if (criterion) {
        on.p = () => {
          act({ step: 'pass', criterion });
          if (judging.at < criteria.length - 1) act({ step: 'choose', index: judging.at + 1 });
        };
        on.f = () => act({ step: 'fail', criterion, second: player.now() });
        on.m = () => act({ step: 'mark', criterion, second: player.now() });
      }
      const digit = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
      const run = on[event.key.toLowerCase()];
      if (digit !== null) {
        if (criterion && asksReason) {
          const groups = reasonsByCheck(criterion);
          const group = groups.find(({ check }) => check.code === judging.check);
          const reason = group?.reasons[digit];
          const check = groups[digit]?.check.code;
          if (reason) act({ step: 'reason', criterion, reason: reason.code });
          else if (!group && check !== undefined) act({ step: 'ask', check });
        } else if (digit < criteria.length) act({ step: 'choose', index: digit });
      } else if (run) run();
      else return;
      event.preventDefault();
    };
    // Before a focused button or slider takes Space or the arrows for itself.
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}
