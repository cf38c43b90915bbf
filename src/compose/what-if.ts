/** Managers' questions with what the campaign's own last days say where the question leaves it open. */
import { askWhatIf, ordinaryList, type WhatIfQuestion } from '../../dialer/adapters/phone-network/index.ts';
import { campaignSettings } from '../../dialer/index.ts';
import { type WhatIfRequest, type WhatIfResult, whatIfRequest } from '../contract/what-if.ts';
import { daysEachWindow, hourOf } from '../contract/what-if-limit.ts';
import type { Database } from '../platform/database.ts';
import { pastFigures, pastHours } from './past-figures.ts';

/** Where no hours are compared all are alike, and the shift may begin whenever. */
const someMorning = 10;

/** `ask`: who plays the shifts; by default a process of its own. */
export function whatIfOf(database: Database, clock: { now(): number }, ask = askWhatIf) {
  return async (asked: WhatIfRequest, progress: (answered: number) => void): Promise<WhatIfResult> => {
    const request = whatIfRequest.parse(asked);
    const campaign =
      request.campaignId === null
        ? null
        : await database.client.campaign.findUnique({ where: { id: request.campaignId } });
    const now = clock.now();
    const measured = campaign === null ? null : await pastFigures(database, campaign.id, now);
    const hours = campaign === null || request.windows === undefined ? [] : await pastHours(database, campaign.id, now);
    const known = measured ?? ordinaryList;
    const settings = campaign === null ? null : campaignSettings.parse(campaign.settings).pacing;
    const band = request.band === undefined ? (settings?.band ?? { min: 0.69, max: 0.74 }) : request.band;
    const assumed = {
      answerRate: request.answerRate ?? known.answerRate,
      machineRate: request.machineRate ?? known.machineRate,
      talkSeconds: request.talkSeconds ?? known.talkSeconds,
      wrapUpSeconds: request.wrapUpSeconds ?? known.wrapUpSeconds,
    };
    const planned = settings?.mode === 'progressive' ? 'progressive' : 'predictive';
    const mode = request.mode ?? planned;
    // Another answer rate than the campaign's is taken to rise and fall over the day as the campaign's does.
    const level = measured === null || measured.answerRate === 0 ? 1 : assumed.answerRate / measured.answerRate;
    const shifts = shiftsOf(
      request,
      assumed.answerRate,
      hours.map((rate) => (rate === null ? null : level * rate)),
    );
    const teams = [...new Set(request.agents)].sort((a, b) => a - b);
    const lines = shifts.flatMap((shift) => teams.map((agents) => ({ agents, shift })));
    const answers = await ask(
      lines.map(({ agents, shift }) => ({
        ...assumed,
        ...shift.played,
        agents,
        maxAbandonRate: request.maxAbandonRate ?? settings?.maxAbandonRate ?? 0.03,
        band,
        mode,
        seed: request.seed,
      })),
      progress,
    );
    const rows = answers.map((answer, index) => {
      const used = answer.talkUtilization;
      const insideBand = band !== null && used !== null && used >= band.min && used <= band.max;
      const { agents = 0, shift } = lines[index] ?? {};
      return {
        ...answer,
        agents,
        window: shift?.window ?? null,
        assumedAnswerRate: shift?.played.answerRate ?? null,
        insideBand,
      };
    });
    const inside = rows.filter(({ insideBand }) => insideBand).map(({ agents }) => agents);
    const given = [request.answerRate, request.machineRate, request.talkSeconds, request.wrapUpSeconds];
    return {
      rows,
      agentsNeeded: inside.length === 0 ? null : Math.min(...inside),
      assumed: {
        ...assumed,
        mode,
        hours,
        band,
        from: given.every((value) => value !== undefined)
          ? 'request'
          : measured === null
            ? 'ordinary-list'
            : 'campaign',
      },
    };
  };
}

type Played = Pick<WhatIfQuestion, 'answerRate' | 'startHour' | 'hours' | 'hourFactors' | 'shifts'>;
type Shift = { window: { from: string; to: string } | null; played: Played };

/** The shifts that a question is about: one of so many hours, or one for each of the calling hours to compare. */
function shiftsOf(
  {
    hours,
    windows,
  }: { hours: number; windows?: { from: string; to: string; answerRate?: number | undefined }[] | undefined },
  usual: number,
  byHour: readonly (number | null)[],
): Shift[] {
  if (windows === undefined)
    return [{ window: null, played: { answerRate: usual, startHour: someMorning, hours, hourFactors: [], shifts: 1 } }];
  return windows.map(({ from, to, answerRate: given }) => {
    const startHour = hourOf(from);
    const length = hourOf(to) - startHour;
    const rateAt = (hour: number): number => given ?? byHour[hour] ?? usual;
    const answerRate = meanOver(startHour, length, rateAt);
    const hourFactors = Array.from({ length: 24 }, (_, hour) => (answerRate > 0 ? rateAt(hour) / answerRate : 1));
    return {
      window: { from, to },
      played: { answerRate, startHour, hours: length, hourFactors, shifts: daysEachWindow },
    };
  });
}

function meanOver(from: number, length: number, at: (hour: number) => number): number {
  let sum = 0;
  for (let hour = Math.floor(from); hour < from + length; hour++) {
    const part = Math.min(hour + 1, from + length) - Math.max(hour, from);
    sum += part * at(hour);
  }
  return sum / length;
}
