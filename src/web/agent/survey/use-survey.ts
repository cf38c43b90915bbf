/**
 * The questionnaire of a call and what is answered so far. Answers are in the call's draft and, a moment later, on the server, so
 * that another window, or the same one after it was closed, goes on with them.
 */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { AgentCall, DeskCampaign } from '../../../contract/agent-desk.ts';
import { needsAnswers } from '../../../contract/questionnaire/outcomes.ts';
import { missingAnswer } from '../../../contract/questionnaire/path.ts';
import type { Answer } from '../../../contract/questionnaire/types.ts';
import type { CallSheet, FilledSheet } from '../../../contract/surveys.ts';
import { api } from '../../api/client.ts';
import type { ChangeDraft, Draft } from '../call/draft.ts';

/** Whoever writes is not interrupted, and little is lost. */
const keptAfterMs = 600;

export type Survey = {
  sheet: CallSheet;
  answers: Record<string, Answer>;
  answer: (key: string, answer: Answer) => void;
  kept: 'kept' | 'keeping' | 'not-kept';
};

type Of = { call: AgentCall; campaign: DeskCampaign | null; draft: Draft; change: ChangeDraft };

export function useSurvey({ call, campaign, draft, change }: Of): Survey | null {
  const { attemptId } = call;
  const own = call.part === 'own' && call.connectedAt !== null;
  const { data } = useQuery({
    queryKey: ['survey', attemptId],
    enabled: own && campaign?.asks === true,
    queryFn: ({ signal }) => api('GET /api/agent/survey', { query: { attemptId }, signal }),
    // What is answered here is newer than what was kept.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const keep = useMutation({
    mutationFn: ({ last, ...body }: FilledSheet & { last: boolean }) =>
      api('PUT /api/agent/survey', { body: { attemptId, ...body }, keepalive: last }),
    // One after the other, so that the newest answers are the last to be kept.
    scope: { id: `survey-${attemptId}` },
  });
  const sheet = data?.sheet ?? null;
  const answers = draft.answers ?? sheet?.answers ?? {};
  const { mutate } = keep;
  const waiting = useRef<FilledSheet | null>(null);
  const versionId = sheet?.versionId;
  useEffect(() => {
    if (versionId === undefined || draft.answers === null) return;
    const filled = { versionId, answers: draft.answers };
    waiting.current = filled;
    const timer = setTimeout(() => {
      waiting.current = null;
      mutate({ ...filled, last: false });
    }, keptAfterMs);
    return () => clearTimeout(timer);
  }, [versionId, draft.answers, mutate]);
  useEffect(() => {
    const flush = () => {
      if (waiting.current !== null) mutate({ ...waiting.current, last: true });
      waiting.current = null;
    };
    window.addEventListener('pagehide', flush);
    return () => window.removeEventListener('pagehide', flush);
  }, [mutate]);
  if (!own || sheet === null) return null;
  return {
    sheet,
    answers,
    answer: (key, answer) => change((known) => ({ answers: { ...(known.answers ?? sheet.answers), [key]: answer } })),
    kept: keep.isError ? 'not-kept' : keep.isPending ? 'keeping' : 'kept',
  };
}

/** The question that this outcome still needs answered; null: none. */
export function openQuestion(survey: Survey | null, kind: Draft['kind']): string | null {
  if (survey === null || kind === null || !needsAnswers(kind)) return null;
  return missingAnswer(survey.sheet.body, survey.answers);
}

/** Goes to a question's control. False: it is not shown. */
export function focusQuestion(key: string): boolean {
  const field = document.querySelector<HTMLElement>(`[data-question="${CSS.escape(key)}"]`);
  const control = field?.querySelector<HTMLElement>('input:checked, input, textarea');
  control?.focus();
  field?.scrollIntoView({ block: 'nearest' });
  return control != null;
}
