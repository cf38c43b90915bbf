/** An inspector without ears: takes the next of the own queue, listens to part of it, and judges what is true of it, almost always rightly. */
import type { CriterionAnswer, InspectionDetail } from '../contract/index.ts';
import { ApiRefusal, type ApiClient } from './api-client.ts';
import type { Truth, World } from './world.ts';

/** What really happened in a conversation; undefined where nobody saw it. */
export type Witness = (attemptId: string) => Truth | undefined;

/** How often a fault is overheard, and how often one is heard that is not there. */
const overhears = 0.03;
const imagines = 0.005;

/** Judges until the queue is empty; returns how many were judged. */
export async function judgeQueue(api: ApiClient, world: World, witness: Witness, judge: string): Promise<number> {
  let judged = 0;
  for (;;) {
    const { inspection } = await api.call('POST /api/inspections/next', { body: {} });
    if (inspection === null) return judged;
    const opened = await api.call('POST /api/inspections/:id/open', { params: { id: inspection.id } });
    await listen(api, opened.recordingId);
    const body = {
      answers: answersFor(opened, world, witness(opened.conversation.attemptId), judge),
      note: '',
      listenedSeconds: (opened.durationMs ?? 0) / 1000,
    };
    await api.call('POST /api/inspections/:id/score', { params: { id: opened.id }, body });
    judged += 1;
  }
}

async function listen(api: ApiClient, recordingId: string): Promise<void> {
  try {
    await api.bytes('GET /api/recordings/:id/media', { id: recordingId });
  } catch (cause) {
    if (!(cause instanceof ApiRefusal)) throw cause;
    throw new Error(`a drawn recording cannot be heard: ${cause.message}`, { cause });
  }
}

export function answersFor(
  inspection: InspectionDetail,
  world: World,
  truth: Truth | undefined,
  judge: string,
): CriterionAnswer[] {
  const { attemptId } = inspection.conversation;
  return inspection.formContent.criteria.map(({ code, reasons, checks }) => {
    const broken = truth?.broken.some((criterion) => criterion === code) === true;
    const roll = world.chance(`${judge}:${code}:${attemptId}`);
    const reason = (broken ? roll >= overhears : roll < imagines)
      ? reasons.find((each) => !each.fabricatedConsent)
      : undefined;
    return {
      criterion: code,
      verdict: reason === undefined ? 'pass' : 'fail',
      reason: reason?.code ?? null,
      atSecond:
        reason === undefined
          ? null
          : Math.floor(((inspection.durationMs ?? 0) / 1000) * world.chance(`second:${attemptId}`)),
      checks: checks.map((check) => ({
        check: check.code,
        answer: reason?.code.startsWith(`${check.code}/`) ? 'fail' : 'pass',
      })),
      note: '',
    };
  });
}
