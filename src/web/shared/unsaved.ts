/** What is being written and not saved yet. Whoever would lose it by leaving is asked once. */
import { hashKey } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { useConfirm } from './confirm.ts';

const writing = new Set<object>();

export const anythingUnsaved = (): boolean => writing.size > 0;

const keepTab = (event: BeforeUnloadEvent) => event.preventDefault();

/** As long as `unsaved` holds, leaving the page asks first; closing the tab does too, in the browser's words. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const mark = {};
    if (writing.size === 0) window.addEventListener('beforeunload', keepTab);
    writing.add(mark);
    return () => {
      writing.delete(mark);
      if (writing.size === 0) window.removeEventListener('beforeunload', keepTab);
    };
  }, [unsaved]);
}

/** Compares what would be sent: the order of fields says nothing. */
export const differs = (a: unknown, b: unknown): boolean => hashKey([a]) !== hashKey([b]);

/**
 * A kept value while it is changed. When another one is kept, by saving or by somebody else, that one is taken over; other
 * forms of the page keep what is being written in them.
 */
export function useEdited<T>(kept: T) {
  const [base, setBase] = useState(kept);
  const [draft, setDraft] = useState(kept);
  /** What the server has taken, until the page has read it back. */
  const [taken, take] = useState(kept);
  if (differs(base, kept)) {
    setBase(kept);
    setDraft(kept);
    take(kept);
  }
  const changed = differs(draft, kept) && differs(draft, taken);
  useUnsaved(changed);
  return { draft, setDraft, changed, taken: take };
}

export type Edited<T> = ReturnType<typeof useEdited<T>>;

/** Leaves at once where nothing would be lost, else after a question. */
export function useAskBeforeLeaving(): (leave: () => void) => void {
  const confirm = useConfirm();
  const t = useTexts(common).unsaved;
  return (leave) => {
    if (!anythingUnsaved()) leave();
    else
      confirm({
        title: t.title,
        consequence: t.hint,
        action: t.leave,
        act: () => {
          writing.clear();
          window.removeEventListener('beforeunload', keepTab);
          leave();
        },
      });
  };
}

/** Closes a dialog that somebody writes in; with changes in it, after a question. */
export function useAskBeforeClosing(unsaved: boolean, close: () => void): () => void {
  const confirm = useConfirm();
  const t = useTexts(common).unsaved;
  useUnsaved(unsaved);
  return () => (unsaved ? confirm({ title: t.closeTitle, consequence: t.hint, action: t.close, act: close }) : close());
}
