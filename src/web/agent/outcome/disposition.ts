/** From the draft to what the server takes: which fields an outcome still lacks, and the finished outcome. */
import type { AgentCall, AgentView, DeskCampaign, Disposition, SelfCheck } from '../../../contract/agent-desk.ts';
import type { Draft, Kind } from '../call/draft.ts';

export const criteria = ['rightPerson', 'understood', 'approvedScript', 'explicitConsent'] as const;

/** Calls that were asked for, and in which a sale may be made all the same. */
const sells = ['appointment', 'offer-answer'];

/** Outcomes on offer, in the order of their digit keys. */
export function kindsFor(view: AgentView, call: AgentCall, campaign: DeskCampaign | null): Kind[] {
  const other: Kind[] = ['wrong-person', 'wrong-number', 'machine', 'opt-out', 'complaint', 'question'];
  if (call.origin !== null && !sells.includes(call.origin.kind)) return ['task', 'appointment', ...other];
  // A campaign that only asks sells nothing.
  const sale: Kind[] = view.maySell && campaign?.purpose !== 'survey' ? ['sale'] : [];
  const surveyed: Kind[] = campaign?.asks === true ? ['surveyed'] : [];
  return [...sale, ...surveyed, 'refused', 'undecided', 'appointment', ...other];
}

export type Missing = 'role' | 'identityCheck' | 'consentWords' | 'reason' | 'at' | 'words' | 'result' | 'selfCheck';

function wholeSelfCheck(part: Partial<SelfCheck>): SelfCheck | null {
  const { rightPerson, understood, approvedScript, explicitConsent } = part;
  if (!rightPerson || !understood || !approvedScript || !explicitConsent) return null;
  return { rightPerson, understood, approvedScript, explicitConsent };
}

/** The outcome, or the fields it still needs. `now`: an appointment must lie ahead. */
export function dispositionOf(draft: Draft, now: number): { done: Disposition } | { missing: Missing[] } {
  const missing: Missing[] = [];
  const words = draft.words.trim();
  const need = (present: boolean, name: Missing) => {
    if (!present) missing.push(name);
  };
  const finish = (done: Disposition) => (missing.length === 0 ? { done } : { missing });
  const { kind } = draft;
  switch (kind) {
    case null:
      return { missing };
    case 'sale': {
      const selfCheck = wholeSelfCheck(draft.selfCheck);
      const identityCheck = draft.identityCheck.trim();
      const consentWords = draft.consentWords.trim();
      need(draft.role !== null, 'role');
      need(identityCheck !== '', 'identityCheck');
      need(consentWords !== '', 'consentWords');
      need(selfCheck !== null, 'selfCheck');
      if (draft.role === null || selfCheck === null) return { missing };
      const offer = draft.offer === null ? {} : { offer: draft.offer };
      const { role, options } = draft;
      return finish({ kind, role, identityCheck, consentWords, options, selfCheck, ...offer });
    }
    case 'refused':
      need(draft.reason !== '', 'reason');
      return finish({ kind, reason: draft.reason });
    case 'appointment':
      need(draft.at !== null && draft.at > now, 'at');
      return finish({ kind, at: draft.at ?? 0, withMe: draft.withMe });
    case 'opt-out':
    case 'complaint':
    case 'question':
      need(words !== '', 'words');
      return finish({ kind, words });
    case 'task': {
      const selfCheck = wholeSelfCheck(draft.selfCheck);
      need(draft.result !== null, 'result');
      need(words !== '', 'words');
      // A confirmed sale is judged by the four criteria like the first one.
      need(draft.result !== 'confirmed' || selfCheck !== null, 'selfCheck');
      if (draft.result === null) return { missing };
      return finish({ kind, result: draft.result, words, selfCheck });
    }
    case 'undecided':
    case 'surveyed':
    case 'wrong-person':
    case 'wrong-number':
    case 'machine':
      return { done: { kind } };
    default:
      return kind satisfies never;
  }
}
