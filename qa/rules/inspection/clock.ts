import type { EpochMs } from '../working-days.ts';
import type { Inspection, InspectionStep, InspectionTerms } from './state.ts';

/** What is due now that time has passed: reminders, expiry, the end of the time to dispute. Sent twice, it does nothing twice. */
export function clockPassed(
  inspection: Inspection,
  hidden: boolean,
  { now, terms }: { now: EpochMs; terms: InspectionTerms },
): InspectionStep {
  const { status, dueAt, reminded } = inspection;
  const still: InspectionStep = { inspection, happened: [], refusal: null };
  if (status === 'agreed')
    return { ...still, inspection: { ...inspection, status: 'closed' }, happened: [{ event: 'closed' }] };
  if (dueAt === null || status === 'expired' || status === 'closed') return still;

  if (now < dueAt) {
    // An agent need not be urged to dispute, and where nobody has it nobody can be urged; who must act is.
    if (reminded || status === 'scored' || status === 'drawn' || now < dueAt - terms.remindBeforeMs) return still;
    const to = status === 'disputed' ? null : inspection.inspectorId;
    return { ...still, inspection: { ...inspection, reminded: true }, happened: [{ event: 'reminder', to, dueAt }] };
  }
  switch (status) {
    case 'drawn':
    case 'assigned':
    case 'opened':
      return {
        ...still,
        inspection: { ...inspection, status: 'expired', reminded: false },
        happened: [{ event: 'expired', inspectorId: inspection.inspectorId, dueAt }],
      };
    case 'scored':
      if (hidden) return still;
      return {
        ...still,
        inspection: { ...inspection, status: 'closed', dueAt: null },
        happened: [{ event: 'closed' }],
      };
    case 'disputed':
      return { ...still, inspection: { ...inspection, dueAt: null }, happened: [{ event: 'dispute-overdue', dueAt }] };
  }
}
