import { App } from 'antd';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';

export type Question = {
  /** What is asked, with the name of what it is about. */
  title: string;
  /** What will happen, and what can be undone. */
  consequence: string;
  action: string;
  /** Takes something away, or ends it. */
  danger?: boolean;
  /** A refusal is told where it happens (`useOutcome`); the question closes either way. */
  act: () => unknown;
};

/** Asks once before something that is not simply undone. Where a reason is wanted besides, it is `ReasonDialog`. */
export function useConfirm(): (question: Question) => void {
  const { modal } = App.useApp();
  const c = useTexts(common);
  return ({ title, consequence, action, danger = true, act }) =>
    void modal.confirm({
      title,
      content: consequence,
      okText: action,
      cancelText: c.cancel,
      okButtonProps: { danger },
      // Enter pressed once too often must not take anything away.
      focusable: { autoFocusButton: danger ? 'cancel' : 'ok' },
      onOk: () => Promise.resolve(act()).catch(() => {}),
    });
}
