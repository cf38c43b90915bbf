import type { Player } from '../player/use-player.ts';
import { useKeyActions } from '../keys/judge-keys.ts';
import { type Criterion, type Judging, type JudgingStep, reasonsByCheck } from './answers.ts';

/** Everything by key: the player, the criteria, reasons by digit while one is asked for, and the verdict. */
export function useJudgeKeys(options: {
  player: Player;
  judging: Judging;
  criteria: readonly Criterion[];
  act: (step: JudgingStep) => void;
  submit: () => void;
  showKeys: () => void;
}) {
  const { player, judging, criteria, act, submit, showKeys } = options;
  const criterion = criteria[judging.at];
  const answer = criterion ? judging.answers[criterion.code] : undefined;
  const asksReason = answer?.verdict === 'fail' && answer.reason === null;
  useKeyActions({
    play: player.toggle,
    back: () => player.move(-5),
    forward: () => player.move(5),
    slower: () => player.faster(-1),
    faster: () => player.faster(1),
    silence: player.toggleSilence,
    loop: player.toggleLoop,
    rest: () => act({ step: 'pass-rest', criteria }),
    submit,
    keys: showKeys,
    ...(criterion
      ? {
          pass: () => {
            act({ step: 'pass', criterion });
            if (judging.at < criteria.length - 1) act({ step: 'choose', index: judging.at + 1 });
          },
          fail: () => act({ step: 'fail', criterion, second: player.now() }),
          mark: () => act({ step: 'mark', criterion, second: player.now() }),
        }
      : {}),
    digit: (pressed) => {
      const digit = pressed - 1;
      if (criterion && asksReason) {
        const groups = reasonsByCheck(criterion);
        const group = groups.find(({ check }) => check.code === judging.check);
        const reason = group?.reasons[digit];
        const check = groups[digit]?.check.code;
        if (reason) act({ step: 'reason', criterion, reason: reason.code });
        else if (!group && check !== undefined) act({ step: 'ask', check });
      } else if (digit >= 0 && digit < criteria.length) act({ step: 'choose', index: digit });
    },
  });
}
