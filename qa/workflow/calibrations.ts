/** Calibration: several people and an expert judge the same recordings, each alone; afterwards they are held side by side. */
import { QualityError } from '../errors.ts';
import type { CalibrationSession, CalibrationStore } from '../ports/calibration-store.ts';
import type { FormReads } from '../ports/form-store.ts';
import type { CampaignQuality, Clock } from '../ports/surroundings.ts';
import type { Viewer } from '../ports/viewer.ts';
import type { AgreementByCriterion } from '../rules/agreement-by-criterion.ts';
import { calibrationFault, calibrationResult, isComplete } from '../rules/calibration.ts';

export type CalibrationWish = { name: string; count: number; expertId: string; judgeIds: string[] };

type Deps = {
  store: CalibrationStore;
  forms: Pick<FormReads, 'newest'>;
  /** The centre's calendar, for the deadline. */
  calendar: (centreId: string) => Promise<CampaignQuality['calendar']>;
  names: (ids: Iterable<string | null>) => Promise<(id: string | null) => { id: string; name: string } | null>;
  clock: Clock;
  /** A key that fixes which recordings are proposed; new for every session. */
  freshKey: () => string;
};

const judgeWithinDays = 5;
const shownSessions = 100;

export function createCalibrations({ store, forms, calendar, names, clock, freshKey }: Deps) {
  return {
    async list(viewer: Viewer) {
      const sessions = await store.list(viewer, shownSessions);
      return {
        items: await Promise.all(sessions.map((session) => headOf(session))),
        people: viewer.centreId === null ? [] : await store.judgesOf(viewer.centreId),
      };
    },

    /** @throws QualityError calibration-unknown */
    async read(viewer: Viewer, id: string) {
      const session = found(await store.one(viewer, id));
      return { ...(await headOf(session)), ...(await contentOf(viewer, session)) };
    },

    /** @throws QualityError centre-unknown, judge-unknown, or the fault of calibrationFault */
    async open(viewer: Viewer, { name, count, expertId, judgeIds }: CalibrationWish) {
      const { centreId } = viewer;
      if (centreId === null) throw new QualityError('centre-unknown', 'You belong to no centre.');
      const people = [expertId, ...judgeIds];
      const known = new Set((await store.judgesOf(centreId)).map(({ id }) => id));
      if (people.some((person) => !known.has(person)))
        throw new QualityError('judge-unknown', 'Experts and judges are inspectors or supervisors of the centre.');
      const recordings = await store.propose(centreId, { people, count, key: freshKey() });
      const fault = calibrationFault(expertId, judgeIds, recordings.length);
      if (fault !== null) throw new QualityError(fault, 'The session cannot be opened like this.');
      const now = clock.now();
      const id = await store.open(
        {
          centreId,
          name,
          expertId,
          judgeIds,
          openedBy: viewer.userId,
          now,
          deadlineAt: (await calendar(centreId)).addWorkingDays(now, judgeWithinDays),
          ...(await forms.newest('valid-marketing')),
        },
        recordings,
      );
      return this.read(viewer, id);
    },

    /** Ends a session although somebody has not judged; their recordings make no pairs. */
    async close(viewer: Viewer, id: string) {
      found(await store.one(viewer, id));
      if (!(await store.close(id, { by: viewer.userId, now: clock.now() })))
        throw new QualityError('step-not-now', 'The session is closed already.');
      return this.read(viewer, id);
    },
  };

  async function headOf(session: CalibrationSession) {
    const name = await names([session.expertId, ...session.judgeIds]);
    const person = (id: string) => name(id) ?? { id, name: '' };
    return {
      id: session.id,
      name: session.name,
      expert: person(session.expertId),
      judges: session.judgeIds.map(person),
      openedAt: session.openedAt,
      deadlineAt: session.deadlineAt,
      closedAt: session.closedAt,
      recordings: new Set(session.verdicts.map(({ recordingId }) => recordingId)).size,
      done: session.verdicts.filter(({ failed }) => failed !== null).length,
      asked: session.verdicts.length,
    };
  }

  /** While it runs everybody who judges sees their own work only: results would tell what others said. */
  async function contentOf(viewer: Viewer, session: CalibrationSession) {
    const over = session.closedAt !== null || isComplete(session);
    const mine = session.verdicts
      .filter(({ by }) => by === viewer.userId)
      .map(({ inspectionId, recordingId, failed }) => ({ inspectionId, recordingId, done: failed !== null }));
    if (!over) return { mine, result: null, verdicts: [] };
    const { together, byJudge } = calibrationResult(session);
    return {
      mine,
      result: {
        together: wireAgreement(together),
        byJudge: byJudge.map(({ judgeId, ...agreement }) => ({ judgeId, ...wireAgreement(agreement) })),
      },
      verdicts: session.verdicts.map(({ by, recordingId, inspectionId, campaignName, talkStartedAt, failed }) => ({
        by,
        recordingId,
        inspectionId,
        campaignName,
        talkStartedAt,
        failed: failed === null ? null : [...failed],
      })),
    };
  }
}

/** With the first and the last judgement that it rests on. */
export function wireAgreementOfSpan(found: AgreementByCriterion & { firstAt: number | null; lastAt: number | null }) {
  const { firstAt, lastAt } = found;
  return { ...wireAgreement(found), firstAt, lastAt };
}

function wireAgreement({ overall, byCriterion }: AgreementByCriterion) {
  const both = (overall.failures * (overall.onFailures ?? 0)) / (2 - (overall.onFailures ?? 0));
  return {
    pairs: overall.pairs,
    percent: overall.percent,
    kappa: overall.kappa,
    ac1: overall.ac1,
    onFailures: {
      numerator: Math.round(2 * both),
      denominator: Math.round(both + overall.failures),
      value: overall.onFailures,
      low: null,
      high: null,
      n: overall.failures,
    },
    byCriterion: byCriterion.map(({ criterion, pairs, percent, kappa, ac1, onFailures, failures }) => ({
      criterion,
      pairs,
      percent,
      kappa,
      ac1,
      onFailures,
      failures,
    })),
  };
}

function found(session: CalibrationSession | null): CalibrationSession {
  if (session === null)
    throw new QualityError('calibration-unknown', 'There is no such session, or it is not yours to see.');
  return session;
}
