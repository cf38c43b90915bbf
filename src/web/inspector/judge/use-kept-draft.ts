import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CriterionAnswer } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { differs } from '../../shared/unsaved.ts';
import { inspectionQuery } from './inspection-queries.ts';

/** What was judged so far: the answers, and what was noted of the whole recording. */
export type Draft = { answers: CriterionAnswer[]; note: string };
const nothing: Draft = { answers: [], note: '' };

/** Answers that are given one upon the other, and notes that are typed, go together. */
const togetherMs = 300;

/**
 * What was judged so far is on the server: a closed window loses nothing, and another browser goes on with it. Whatever is not there
 * yet is sent at the moment the page is left or hidden. `off`: the verdict itself is on its way. Answers whether the server has it all.
 */
export function useKeptDraft(options: {
  id: string;
  given: Draft;
  /** As the server has it. */
  kept: Draft;
  off: boolean;
  /** Somebody went on elsewhere. */
  adopt: (draft: Draft) => void;
}): boolean {
  const { id, given, kept, off, adopt } = options;
  const client = useQueryClient();
  const [whole, setWhole] = useState(true);
  /** What the server was told last, or told us. */
  const told = useRef(kept);
  /** Drafts on their way: none overtakes another. */
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef(given);
  latest.current = given;

  const send = useRef((_leaving: boolean) => {});
  send.current = (leaving) => {
    const draft = latest.current;
    if (off || !differs(draft, told.current)) return;
    told.current = draft;
    const { queryKey } = inspectionQuery(id);
    const put = async () => {
      // An answer of the server that is under way knows nothing of this yet.
      await client.cancelQueries({ queryKey });
      await api('PUT /api/inspections/:id/draft', { params: { id }, body: draft, keepalive: leaving });
      client.setQueryData(queryKey, (known) =>
        known === undefined ? known : { ...known, draft: draft.answers, draftNote: draft.note },
      );
      setWhole(true);
    };
    const failed = () => {
      if (told.current === draft) told.current = nothing;
      setWhole(false);
    };
    sending.current = (leaving ? put() : sending.current.then(put)).catch(failed);
  };

  useEffect(() => {
    if (off || !differs(given, told.current)) return;
    const timer = window.setTimeout(() => send.current(false), togetherMs);
    return () => window.clearTimeout(timer);
  }, [given, off]);

  useEffect(() => {
    if (!differs(kept, told.current) || differs(latest.current, told.current)) return;
    told.current = kept;
    adopt(kept);
  }, [kept, adopt]);

  useEffect(() => {
    const leave = () => send.current(true);
    const hide = () => {
      if (document.visibilityState === 'hidden') leave();
    };
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
      leave();
    };
  }, []);
  return whole;
}
