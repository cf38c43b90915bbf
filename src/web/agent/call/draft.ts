/**
 * What the agent has entered for a call and not saved yet. It survives a reload of the window (session storage of this
 * tab only) and is gone when the outcome is saved or the tab closed.
 */
import { useCallback, useEffect, useState } from 'react';
import type { Disposition, SelfCheck } from '../../../contract/agent-desk.ts';
import type { Answer } from '../../../contract/questionnaire/types.ts';

export type Kind = Disposition['kind'];

export type Draft = {
  kind: Kind | null;
  role: 'owner' | 'family-decider' | null;
  identityCheck: string;
  consentWords: string;
  options: string[];
  /** What the sale is made with beside the tariff. */
  offer: { id: string; version: number } | null;
  reason: string;
  at: number | null;
  withMe: boolean;
  words: string;
  result: Extract<Disposition, { kind: 'task' }>['result'] | null;
  selfCheck: Partial<SelfCheck>;
  ticked: string[];
  step: number;
  note: string;
  /** To the campaign's questionnaire; null: as they were kept. */
  answers: Record<string, Answer> | null;
};

export const emptyDraft: Draft = {
  kind: null,
  role: null,
  identityCheck: '',
  consentWords: '',
  options: [],
  offer: null,
  reason: '',
  at: null,
  withMe: true,
  words: '',
  result: null,
  selfCheck: {},
  ticked: [],
  step: 0,
  note: '',
  answers: null,
};

const place = (attemptId: string) => `fairline.draft.${attemptId}`;

function read(attemptId: string): Draft {
  try {
    const kept = window.sessionStorage.getItem(place(attemptId));
    const own: Partial<Draft> = kept === null ? {} : JSON.parse(kept);
    return { ...emptyDraft, ...own };
  } catch {
    return emptyDraft;
  }
}

export function forgetDraft(attemptId: string): void {
  try {
    window.sessionStorage.removeItem(place(attemptId));
  } catch {
    // Nothing was kept.
  }
}

export type ChangeDraft = (change: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void;

export function useDraft(attemptId: string): [Draft, ChangeDraft] {
  const [draft, setDraft] = useState(() => read(attemptId));
  useEffect(() => {
    if (draft === emptyDraft) return;
    try {
      window.sessionStorage.setItem(place(attemptId), JSON.stringify(draft));
    } catch {
      // The draft then lasts as long as the page.
    }
  }, [attemptId, draft]);
  const change = useCallback<ChangeDraft>((part) => {
    setDraft((known) => ({ ...known, ...(typeof part === 'function' ? part(known) : part) }));
  }, []);
  return [draft, change];
}
