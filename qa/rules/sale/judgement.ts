import { FATAL_CRITERIA, type FatalCriterionId } from '../form.ts';
import type { Verdict } from '../scoring.ts';
import type { EpochMs } from '../working-days.ts';

/**
 * What somebody found when judging one call by the four criteria. An agent may be in doubt; an inspector must decide. Where only an
 * inspector could have let it pass and the recording is lost, everything about it is in doubt for good.
 */
export interface Judgement {
  readonly id: string;
  readonly basis: 'self-check' | 'inspection' | 'recording-lost';
  readonly at: EpochMs;
  readonly criteria: Readonly<Record<FatalCriterionId, 'passed' | 'failed' | 'doubtful'>>;
  /** Further fatal criteria of the call's form that failed, such as that of a corrective call. */
  readonly alsoFailed: readonly string[];
}

/** A call in which the customer agreed, or agreed again, and what was found about it. */
export interface JudgedCall {
  readonly callId: string;
  readonly kind: 'sale' | 'verification' | 'corrective' | 'confirmation';
  readonly at: EpochMs;
  readonly judgements: readonly Judgement[];
  /** An inspector was asked to judge it, because only that can let it pass. */
  readonly inspectionAsked: boolean;
}

export type CallStanding = 'unjudged' | 'passed' | 'doubtful' | 'failed';

/** The judgement of an inspection's verdict. */
export function judgementOf(verdict: Verdict, inspectionId: string, at: EpochMs): Judgement {
  const outcome = (id: FatalCriterionId) => (verdict.failedFatal.includes(id) ? 'failed' : 'passed');
  return {
    id: inspectionId,
    basis: 'inspection',
    at,
    criteria: {
      'right-person': outcome('right-person'),
      understood: outcome('understood'),
      'approved-script': outcome('approved-script'),
      'explicit-consent': outcome('explicit-consent'),
    },
    alsoFailed:
      verdict.result === 'qualified'
        ? []
        : verdict.failedCriteria.filter((id) => !FATAL_CRITERIA.some((fatal) => fatal === id)),
  };
}

/**
 * How a call stands: the latest inspection of it decides; without one, that its recording is lost; without that, the latest self-check. A self-check can always raise a doubt,
 * but lets a call pass only where no inspection is asked for.
 */
export function standingOf(call: JudgedCall, inspectionAsked: boolean): CallStanding {
  const judgement = decisiveJudgement(call);
  if (judgement === null) return 'unjudged';
  const found = FATAL_CRITERIA.map((id) => judgement.criteria[id]);
  if (found.includes('failed') || judgement.alsoFailed.length > 0) return 'failed';
  if (found.includes('doubtful')) return 'doubtful';
  return judgement.basis === 'self-check' && inspectionAsked ? 'unjudged' : 'passed';
}

/** The judgement a call stands or falls by; null if it has none. */
export function decisiveJudgement(call: JudgedCall): Judgement | null {
  return latest(call, 'inspection') ?? latest(call, 'recording-lost') ?? latest(call, 'self-check');
}

/** Of a call that waits for an inspector, when its recording is lost. */
export function lostRecording(callId: string, at: EpochMs): Judgement {
  return {
    id: `recording-lost:${callId}`,
    basis: 'recording-lost',
    at,
    criteria: {
      'right-person': 'doubtful',
      understood: 'doubtful',
      'approved-script': 'doubtful',
      'explicit-consent': 'doubtful',
    },
    alsoFailed: [],
  };
}

function latest(call: JudgedCall, basis: Judgement['basis']): Judgement | null {
  let last: Judgement | null = null;
  for (const judgement of call.judgements) {
    if (judgement.basis === basis && (last === null || judgement.at >= last.at)) last = judgement;
  }
  return last;
}

/**
 * How a sale stands by its calls, the sale itself first and then the calls that mended it. The last call that was judged decides.
 * A corrective call passes by inspection only; and once an inspector has not passed a call, no self-check of a later one outweighs that.
 */
export function standingOfSale(calls: readonly JudgedCall[], inspectEverySale: boolean): CallStanding {
  let standing: CallStanding = 'unjudged';
  for (const [i, call] of calls.entries()) {
    const own = standingOf(call, inspectionNeeded(calls.slice(0, i + 1), inspectEverySale));
    if (own !== 'unjudged') standing = own;
  }
  return standing;
}

/** Whether only an inspection can let the last of these calls pass. */
export function inspectionNeeded(calls: readonly JudgedCall[], inspectEvery: boolean): boolean {
  if (inspectEvery || calls.at(-1)?.kind === 'corrective') return true;
  return calls.slice(0, -1).some((call) => latest(call, 'inspection') !== null && standingOf(call, true) !== 'passed');
}

/** Calls with one more judgement; the same ones if it is known already or belongs to none of them. */
export function withJudgement(
  calls: readonly JudgedCall[],
  callId: string,
  judgement: Judgement,
): readonly JudgedCall[] {
  const call = calls.find((one) => one.callId === callId);
  if (call === undefined || call.judgements.some(({ id }) => id === judgement.id)) return calls;
  return calls.map((one) => (one === call ? { ...one, judgements: [...one.judgements, judgement] } : one));
}
