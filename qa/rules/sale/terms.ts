/** What a campaign asks of its sales. A sale keeps the terms it was made under. Days are working days unless said otherwise. */
export interface SaleTerms {
  readonly timeZone: string;
  /** The agent judges every sale (自查), by the close of the day so many days on. */
  readonly selfCheck: { readonly withinDays: number } | null;
  /** A text message with the terms goes to the customer, and, if `reply`, must be answered with yes: no reply is no order. */
  readonly text: { readonly reply: boolean; readonly withinDays: number } | null;
  /** A text tells the customer that the product is active. */
  readonly notice: boolean;
  /** Nothing is valid before an inspector has passed it (100 % re-check). */
  readonly inspectEverySale: boolean;
  readonly mending: MendingTerms;
  readonly trial: TrialTerms | null;
}

/** Corrective and verification calls: the deadline of each, how many may be made, and when a sale that nobody could mend is void. */
export interface MendingTerms {
  readonly callWithinDays: number;
  readonly callsMost: number;
  readonly giveUpAfterDays: number;
}

/** `days`: calendar days, also the length of one extension. Calls come `confirmBeforeDays` working days before the end. */
export interface TrialTerms {
  readonly days: number;
  readonly confirmBeforeDays: number;
  readonly callsMost: number;
  readonly extensionsMost: number;
  readonly inspectConfirmation: boolean;
}

export const DEFAULT_SALE_TERMS: SaleTerms = {
  timeZone: 'Asia/Shanghai',
  selfCheck: { withinDays: 0 },
  text: null,
  notice: true,
  inspectEverySale: false,
  mending: { callWithinDays: 1, callsMost: 3, giveUpAfterDays: 10 },
  trial: null,
};

export const DEFAULT_TRIAL_TERMS: TrialTerms = {
  days: 30,
  confirmBeforeDays: 5,
  callsMost: 4,
  extensionsMost: 1,
  inspectConfirmation: false,
};

export type SaleTermsFault =
  | 'nothing-judges-the-sale'
  | 'negative-days'
  | 'no-mending-call'
  | 'no-trial-days'
  | 'no-confirmation-call';

/** What is wrong with terms; a campaign cannot start with any of it. Wrong terms could never let a sale through, only hold it. */
export function checkSaleTerms(terms: SaleTerms): SaleTermsFault[] {
  const faults: SaleTermsFault[] = [];
  if (terms.selfCheck === null && !terms.inspectEverySale) faults.push('nothing-judges-the-sale');
  const { mending, trial } = terms;
  const days = [
    terms.selfCheck?.withinDays,
    terms.text?.withinDays,
    mending.callWithinDays,
    mending.giveUpAfterDays,
    trial?.confirmBeforeDays,
  ];
  if (days.some((n) => n !== undefined && !(Number.isSafeInteger(n) && n >= 0))) faults.push('negative-days');
  if (!(mending.callsMost >= 1)) faults.push('no-mending-call');
  if (trial !== null && !(trial.days >= 1)) faults.push('no-trial-days');
  if (trial !== null && !(trial.callsMost >= 1)) faults.push('no-confirmation-call');
  return faults;
}
