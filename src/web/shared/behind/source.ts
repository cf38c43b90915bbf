/** Whose figures can be opened, and where what they counted is asked for. */
import { createContext, useContext } from 'react';
import type { CallBehind, FigureName } from '../../../contract/calls-behind.ts';
import type { Scorecard } from '../../../contract/scorecards.ts';
import { api } from '../../api/client.ts';

/** A figure, the row of a table it stands in, and whether it is the week before's. */
export type Asked = { figure: FigureName; detail?: string; day?: string; agentId?: string; week?: 'this' | 'before' };
type Page = { items: CallBehind[]; next: string | null; total: number | null };
export type Source = {
  key: readonly string[];
  load: (asked: Asked, after: { after?: string }, signal: AbortSignal) => Promise<Page>;
};

export function weekSource(summaryId: string): Source {
  return {
    key: ['week', summaryId],
    load: (asked, after, signal) =>
      api('GET /api/summaries/:id/calls', {
        params: { id: summaryId },
        query: { limit: 100, ...asked, ...after },
        signal,
      }),
  };
}

/** A week that is not published: what its figures count now. `of`: any day of it; today's if empty. */
export function previewSource(campaignId: string, of: string): Source {
  return {
    key: ['preview', campaignId, of],
    load: (asked, after, signal) =>
      api('GET /api/campaigns/:id/week/calls', {
        params: { id: campaignId },
        query: { limit: 100, ...(of === '' ? {} : { of }), ...asked, ...after },
        signal,
      }),
  };
}

/** `subject`: whether the card is an agent's or a team's. */
export function cardSource(card: Scorecard, subject: 'agent' | 'team' | 'centre'): Source {
  const which = { period: card.period, day: card.from, subject };
  return {
    key: ['card', card.subject.id, card.period, card.from],
    load: ({ figure, detail }, after, signal) =>
      api('GET /api/scorecards/:id/calls', {
        params: { id: card.subject.id },
        query: { limit: 100, figure, ...(detail === undefined ? {} : { detail }), ...which, ...after },
        signal,
      }),
  };
}

const Context = createContext<Source | null>(null);
export const BehindSource = Context.Provider;
export const useSource = () => useContext(Context);
