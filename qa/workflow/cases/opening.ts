/** A case as told (K1): tied to its call, compared with earlier ones, and with all that a complaint asks for at once (K3a). */
import type { CaseDocument, ToldCall } from '../../ports/case-store.ts';
import type { QualityTx } from '../../ports/quality-store.ts';
import { type CaseIdentity, DEFAULT_CASE_TERMS, decideCase, likelyDuplicates, newCase } from '../../rules/case.ts';
import { type CaseChannel, type CaseKindTold, ruleKind } from '../../rules/case-words.ts';
import type { WorkingCalendar } from '../../rules/working-days.ts';
import { entry, grantAll } from './granting.ts';

/** So far back the same number's complaints count as repeated, and its recordings are evidence. */
export const lookBackMs = 90 * 24 * 3_600_000;

export type Told = {
  id: string;
  kind: CaseKindTold;
  channel: CaseChannel;
  words: string;
  serious: boolean;
  /** Of a visit: the customer has a service agreement, and is answered within a day (K5). No, if absent. */
  agreementCustomer?: boolean | undefined;
  department: string;
  by: string | null;
  call: ToldCall | null;
  /** True where the call was not named but found by the number. */
  presumed: boolean;
  number: string | null;
  campaignId: string | null;
  centreId: string | null;
};

/** Null: this case is there already. */
export async function openCase(
  tx: QualityTx,
  told: Told,
  { now, calendar }: { now: number; calendar: WorkingCalendar },
): Promise<CaseDocument | null> {
  const { id, call, number } = told;
  await tx.cases.alone(number ?? id);
  if (await tx.cases.known(id)) return null;
  // A call without a conversation has nothing to listen to, and what is not there cannot be waited for.
  const callId = call?.recordingId == null ? null : call.attemptId;
  const since = now - lookBackMs;
  const kind = ruleKind(told.kind);
  const earlier = await tx.cases.earlier({ centreId: told.centreId, number, callId: call?.attemptId ?? null, since });
  const incoming = { id, kind, number, callId: call?.attemptId ?? null, now };
  const { duplicateOf, times } = likenesses(incoming, earlier);
  const step = newCase(
    {
      id,
      kind,
      serious: told.serious,
      agreementCustomer: told.agreementCustomer ?? false,
      timesComplained: times,
      callId,
    },
    DEFAULT_CASE_TERMS,
    { now, calendar },
  );
  const sent =
    told.department === ''
      ? step.record
      : decideCase(step.record, { kind: 'sent-to', department: told.department }, { now, calendar }).record;
  const evidence = number === null || call === null ? [] : await tx.cases.recordingsOf(number, call.centreId, since);
  const file: CaseDocument = {
    life: sent,
    kind: told.kind,
    channel: told.channel,
    words: told.words,
    openedBy: told.by,
    number,
    centreId: told.centreId,
    campaignId: told.campaignId,
    attemptId: call?.attemptId ?? null,
    contactId: call?.contactId ?? null,
    agentId: call?.agentId ?? null,
    ownerId: null,
    recordingIds: [...new Set([...(call?.recordingId == null ? [] : [call.recordingId]), ...evidence])],
    callRecordingId: call?.recordingId ?? null,
    saleId: call?.saleId ?? null,
    duplicateOf,
    found: null,
    satisfaction: null,
    escalatedByHand: false,
  };
  await tx.cases.insert(file);
  const { channel, presumed, department } = told;
  const opened = { kind: told.kind, channel, presumed, department, duplicateOf, timesComplained: times };
  await tx.cases.append(id, [entry({ now, by: told.by }, 'told', told.words, opened)]);
  await grantAll(tx, file, step.happened, { now, by: told.by, calendar }, call);
  return file;
}

/**
 * A duplicate of an open case is a file of its own that ends with the other. The same call told twice is one complaint; the
 * same number about something else, or after its case was closed, complains again.
 */
function likenesses(
  incoming: { id: string; kind: CaseIdentity['kind']; number: string | null; callId: string | null; now: number },
  earlier: readonly CaseIdentity[],
): { duplicateOf: string | null; times: number } {
  const { id, kind, callId, now } = incoming;
  const identity = { id, kind, numberKey: incoming.number ?? id, callId, recordedAt: now };
  const like = likelyDuplicates(identity, earlier, lookBackMs);
  const open = new Set(earlier.filter((one) => one.open).map((one) => one.id));
  const duplicate = like.find(({ caseId, likeness }) => likeness !== 'repeated' && open.has(caseId));
  if (kind !== 'complaint') return { duplicateOf: duplicate?.caseId ?? null, times: 0 };
  const others = like.filter(({ caseId, likeness }) => likeness !== 'same-call' || !open.has(caseId));
  return { duplicateOf: duplicate?.caseId ?? null, times: 1 + others.length };
}
