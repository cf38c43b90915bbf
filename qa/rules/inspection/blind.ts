import type { Role } from '../role.ts';
import { type Inspection, isDone } from './state.ts';

export interface Viewer {
  readonly userId: string;
  readonly role: Role;
}

export type BlindVerdict =
  | { readonly may: true }
  | {
      readonly may: false;
      readonly reason:
        | 'not-scored-yet'
        | 'blind-until-both-are-done'
        | 'may-be-given-it'
        | 'calibration'
        | 'not-your-call'
        | 'not-closed-yet';
    };

/** Another inspection of the same recording, as far as blindness asks. */
export type OtherInspection = Pick<Inspection, 'status' | 'inspectorId' | 'pastInspectorIds'>;

/** What else there is, or will be, of the recording. */
export interface Surroundings {
  readonly others: readonly OtherInspection[];
  /** The week's own draw and its overlap are made: no second judgement of the recording is still to be drawn. */
  readonly weekDrawn: boolean;
}

/**
 * Whether somebody may see an inspection's answers, as far as blindness goes; team, campaign and client scope come on top.
 *
 * Who scores a recording sees their own answers only, until all who score it are done. While one of them is not, neither does
 * anybody else who could tell them: not the agent, the lead or the client, nor any inspector, who might still be given it. Supervisors,
 * whom the week's draw or overlap may give any recording of the week, wait for these, but for what they are to decide or have decided,
 * which they are then not given. Managers see, unless they score that recording themselves. Calibration answers are for those who judge, never for the judged.
 */
export function mayReadAnswers(
  viewer: Viewer,
  inspection: Inspection,
  { others, weekDrawn }: Surroundings,
): BlindVerdict {
  if (inspection.inspectorId === viewer.userId || inspection.scores.some(({ by }) => by === viewer.userId))
    return { may: true };
  if (!isDone(inspection)) return { may: false, reason: 'not-scored-yet' };

  const judged = viewer.role === 'agent' || viewer.role === 'lead' || viewer.role === 'client';
  if (judged && inspection.purpose === 'calibration') return { may: false, reason: 'calibration' };
  if (viewer.role === 'agent' && viewer.userId !== inspection.agentId) return { may: false, reason: 'not-your-call' };

  const undone = others.filter((other) => !isDone(other));
  const overseer = viewer.role === 'manager' || viewer.role === 'administrator';
  const scoresOne = undone.some(
    ({ inspectorId, pastInspectorIds }) => inspectorId === viewer.userId || pastInspectorIds.includes(viewer.userId),
  );
  if (undone.length > 0 && (!overseer || scoresOne)) return { may: false, reason: 'blind-until-both-are-done' };

  const judgesDispute = inspection.status === 'disputed' || inspection.dispute?.decision?.by === viewer.userId;
  if (viewer.role === 'supervisor' && !weekDrawn && !judgesDispute) return { may: false, reason: 'may-be-given-it' };
  if (viewer.role === 'client' && inspection.status !== 'closed') return { may: false, reason: 'not-closed-yet' };
  return { may: true };
}
