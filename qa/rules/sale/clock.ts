import { trialOver } from '../confirmation.ts';
import type { EpochMs } from '../working-days.ts';
import { confirmationStanding, end, type SaleContext } from './settle.ts';
import type { Sale, SaleEvent } from './state.ts';

type Lateness = Extract<SaleEvent, { event: 'overdue' }>['what'];

/** What is due now that time has passed. The sale itself is settled by the caller. Sent twice, it does nothing twice. */
export function clockPassed(sale: Sale, context: SaleContext): { sale: Sale; happened: SaleEvent[] } {
  const { now } = context;
  switch (sale.status) {
    case 'recorded':
      return late(sale.selfCheckDueAt, now) ? tell(sale, 'self-check', '') : quiet(sale);
    case 'held':
      return quiet(textOver(sale, now));
    case 'unqualified':
      return mendingOver(sale, now);
    case 'trial':
      return confirmationOver(sale, context);
    case 'valid':
    case 'billable':
    case 'void':
    case 'cancelled':
      return quiet(sale);
  }
}

/** When `clock` should next be sent to a sale; null if time alone will change nothing. */
export function nextDeadline(sale: Sale): EpochMs | null {
  switch (sale.status) {
    case 'recorded':
      return sale.told.includes('self-check ') ? null : sale.selfCheckDueAt;
    case 'held':
      return textMissing(sale) ? (sale.text?.dueAt ?? null) : null;
    case 'unqualified': {
      const { mending, told } = sale;
      if (mending === null) return null;
      const { task, giveUpAt } = mending;
      if (task === null) return told.includes(`inspection ${giveUpAt}`) ? null : giveUpAt;
      return told.includes(`mending-call ${task.number}`) ? giveUpAt : Math.min(task.dueAt, giveUpAt);
    }
    case 'trial': {
      const { confirmation, told } = sale;
      if (confirmation === null) return null;
      const waitingTold = told.includes(`confirmation-inspection ${confirmation.calls.at(-1)?.callId}`);
      return awaitsJudgement(sale) && waitingTold ? null : confirmation.trialEndsAt;
    }
    case 'valid':
    case 'billable':
    case 'void':
    case 'cancelled':
      return null;
  }
}

function late(dueAt: EpochMs | null | undefined, now: EpochMs): boolean {
  return dueAt !== null && dueAt !== undefined && now >= dueAt;
}

function quiet(sale: Sale): { sale: Sale; happened: SaleEvent[] } {
  return { sale, happened: [] };
}

function tell(sale: Sale, what: Lateness, which: string | number): { sale: Sale; happened: SaleEvent[] } {
  const key = `${what} ${which}`;
  if (sale.told.includes(key)) return quiet(sale);
  return { sale: { ...sale, told: [...sale.told, key] }, happened: [{ event: 'overdue', what }] };
}

function textMissing({ terms, text }: Sale): 'text-not-sent' | 'no-reply' | null {
  if (text === null) return null;
  if (text.sentAt === null) return 'text-not-sent';
  return terms.text?.reply && text.acceptedAt === null ? 'no-reply' : null;
}

/** No reply is no order. */
function textOver(sale: Sale, now: EpochMs): Sale {
  const missing = textMissing(sale);
  return missing !== null && late(sale.text?.dueAt, now) ? end(sale, missing, now) : sale;
}

/** A call that is late is told; a sale whose time to be mended is over is void, unless only an inspector is behind. */
function mendingOver(sale: Sale, now: EpochMs): { sale: Sale; happened: SaleEvent[] } {
  const { mending } = sale;
  if (mending === null) return quiet(sale);
  if (late(mending.giveUpAt, now)) {
    return mending.task === null ? tell(sale, 'inspection', mending.giveUpAt) : quiet(end(sale, 'not-mended', now));
  }
  return late(mending.task?.dueAt, now) ? tell(sale, 'mending-call', mending.task?.number ?? 0) : quiet(sale);
}

/** Whether the customer goes on and only the judgement of that call is missing: then the trial stays free, and is not ended. */
function awaitsJudgement(sale: Sale): boolean {
  const { confirmation } = sale;
  if (confirmation === null || confirmation.task !== null || confirmation.calls.length === 0) return false;
  return confirmationStanding(sale) === 'unjudged';
}

function confirmationOver(sale: Sale, context: SaleContext): { sale: Sale; happened: SaleEvent[] } {
  const { confirmation, terms } = sale;
  if (confirmation === null || terms.trial === null || !late(confirmation.trialEndsAt, context.now)) return quiet(sale);
  if (awaitsJudgement(sale)) return tell(sale, 'confirmation-inspection', confirmation.calls.at(-1)?.callId ?? '');
  const step = trialOver(confirmation, { ...context, terms: terms.trial, timeZone: terms.timeZone });
  const next = { ...sale, confirmation: step.confirmation };
  return { sale: step.end === null ? next : end(next, step.end, context.now), happened: [...step.happened] };
}
