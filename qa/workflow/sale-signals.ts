/** How a campaign's settings, an agent's self-check and a closed call become what the rules of a sale take. */
import type { SaleTaskResult, TaskKind } from '../ports/sale-store.ts';
import type { CampaignQuality } from '../ports/surroundings.ts';
import type { FATAL_CRITERIA } from '../rules/form.ts';
import { DEFAULT_SALE_TERMS, DEFAULT_TRIAL_TERMS, type SaleSignal, type SaleTerms } from '../rules/sale.ts';

export type SelfCheck = Record<string, 'yes' | 'doubt'>;

export function termsOf(campaign: CampaignQuality): SaleTerms {
  return {
    ...DEFAULT_SALE_TERMS,
    timeZone: campaign.timeZone,
    text: campaign.twoStepClose ? { reply: true, withinDays: campaign.replyWithinDays } : null,
    notice: campaign.twoStepClose,
    inspectEverySale: campaign.recheckAll || campaign.holdForQuality,
    mending: { ...DEFAULT_SALE_TERMS.mending, callWithinDays: campaign.correctiveDeadlineWorkingDays },
    trial: campaign.trialDays > 0 ? { ...DEFAULT_TRIAL_TERMS, days: campaign.trialDays } : null,
  };
}

const selfCheckNames: Record<(typeof FATAL_CRITERIA)[number], string> = {
  'right-person': 'rightPerson',
  understood: 'understood',
  'approved-script': 'approvedScript',
  'explicit-consent': 'explicitConsent',
};

export function judgedBy(callId: string, selfCheck: SelfCheck, at: number): SaleSignal {
  const word = (criterion: (typeof FATAL_CRITERIA)[number]) =>
    selfCheck[selfCheckNames[criterion]] === 'yes' ? 'passed' : 'doubtful';
  return {
    kind: 'judged',
    callId,
    judgement: {
      id: `self-check:${callId}`,
      basis: 'self-check',
      at,
      criteria: {
        'right-person': word('right-person'),
        understood: word('understood'),
        'approved-script': word('approved-script'),
        'explicit-consent': word('explicit-consent'),
      },
      alsoFailed: [],
    },
  };
}

/** `suspended`: the customer's line is out of service. */
export function signalOf(
  kind: TaskKind,
  { attemptId, result, suspended }: { attemptId: string; result: SaleTaskResult; suspended: boolean },
): SaleSignal {
  if (kind === 'confirmation') {
    const outcomes = {
      confirmed: 'goes-on',
      declined: 'declines',
      'wants-to-think': 'thinks',
      unresolved: 'unreached',
      unreachable: suspended ? 'suspended' : 'unreached',
    } as const;
    return { kind: 'confirmation-call', callId: attemptId, outcome: outcomes[result] };
  }
  const results = {
    confirmed: 'stands',
    declined: 'withdrawn',
    'wants-to-think': 'unreached',
    unresolved: 'unreached',
    unreachable: 'unreached',
  } as const;
  return { kind: 'mending-call', callId: attemptId, result: results[result] };
}
