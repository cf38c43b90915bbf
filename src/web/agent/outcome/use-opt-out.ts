import { useEffect, useRef, useState } from 'react';
import type { Disposition } from '../../../contract/agent-desk.ts';
import type { ChangeDraft, Draft } from '../call/draft.ts';

const graceMs = 3000;

/** Opt-out by one key: the call is ended and the opt-out saved after a moment in which it can be undone. */
export function useOptOut(options: {
  words: string;
  draft: Draft;
  change: ChangeDraft;
  save: (disposition: Disposition, draft: Draft) => Promise<void>;
}) {
  const [leftMs, setLeft] = useState<number | null>(null);
  const before = useRef<Pick<Draft, 'kind' | 'words'>>({ kind: null, words: '' });
  const latest = useRef(options);
  latest.current = options;
  const running = leftMs !== null;
  useEffect(() => {
    if (!running) return;
    const startedAt = performance.now();
    const timer = window.setInterval(() => {
      const left = graceMs - (performance.now() - startedAt);
      if (left > 0) return setLeft(left);
      setLeft(null);
      const { save, draft, words } = latest.current;
      const said = draft.words.trim();
      void save({ kind: 'opt-out', words: said === '' ? words : said }, draft);
    }, 200);
    return () => window.clearInterval(timer);
  }, [running]);
  return {
    leftMs,
    begin: () => {
      if (running) return;
      const { kind, words } = options.draft;
      before.current = { kind, words };
      options.change({ kind: 'opt-out', words: words.trim() === '' ? options.words : words });
      setLeft(graceMs);
    },
    undo: () => {
      setLeft(null);
      options.change(before.current);
    },
  };
}
