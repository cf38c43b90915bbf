import { type NetworkModel, ordinaryNetwork } from './network-model.ts';
import type { Break, Crew, Scenario } from './scenario.ts';

/** A break for which all that is not said is ordinary: everyone goes, in one wave, at once. */
function pause(atMinute: number, minutes: number, more: Partial<Break> = {}): Break {
  return { atMinute, minutes, share: 1, waves: 1, spreadMinutes: 0, ...more };
}

export const ordinaryCrew: Crew = {
  speedSpread: 0.15,
  wrapUp: { baseMs: 6_000, perTalk: 0.1, maxMs: 40_000, sigma: 0.35 },
  breaks: [pause(90, 10, { spreadMinutes: 60 }), pause(330, 10, { spreadMinutes: 60 })],
  late: { share: 0, withinMinutes: 0 },
};

const ordinaryDay: Omit<Scenario, 'name' | 'about'> = {
  agents: 20,
  startHour: 9,
  shiftMinutes: 480,
  days: 1,
  stopBeforeEndMs: 45_000,
  maxAbandonRate: 0.03,
  abandonWithinMs: 2_000,
  ringTimeoutMs: 25_000,
  network: ordinaryNetwork,
  changes: [],
  crew: ordinaryCrew,
};

/** A scenario that differs from the ordinary day only in what is said. */
export function day(
  name: string,
  about: string,
  more: Partial<Omit<Scenario, 'network' | 'crew'>> & Variation = {},
): Scenario {
  const { network, crew, ...rest } = more;
  return {
    ...ordinaryDay,
    ...rest,
    name,
    about,
    network: { ...ordinaryNetwork, ...network },
    crew: { ...ordinaryCrew, ...crew },
  };
}

type Variation = { network?: Partial<NetworkModel>; crew?: Partial<Crew> };

const detectionOff: NetworkModel['detection'] = { ...ordinaryNetwork.detection, on: false };
const noBreaks: Partial<Crew> = { breaks: [] };

const list: Scenario[] = [
  day('steady', 'ordinary list: 25 % live answers, a third of the rest machines, two short breaks'),
  day('low-answer', 'worn-out list: 8 % live answers', { network: { answer: 0.08 } }),
  day('high-answer', 'warm list: 50 % live answers, few machines', { network: { answer: 0.5, machine: 0.2 } }),
  day('real-talks', 'talk lengths of the real telemarketing calls', { network: { talk: { kind: 'real-calls' } } }),
  day('short-talks', 'a survey: talks of half a minute, wrap-up of five seconds', {
    network: { talk: { kind: 'lognormal', medianMs: 30_000, sigma: 0.4 } },
    crew: { wrapUp: { baseMs: 5_000, perTalk: 0, maxMs: 5_000, sigma: 0.3 } },
  }),
  day('long-talks', 'insurance: every fifth talk of a quarter of an hour, long wrap-up', {
    network: {
      talk: {
        kind: 'mixture',
        parts: [
          { share: 0.6, medianMs: 25_000, sigma: 0.5 },
          { share: 0.2, medianMs: 240_000, sigma: 0.4 },
          { share: 0.2, medianMs: 900_000, sigma: 0.3 },
        ],
      },
    },
    crew: { wrapUp: { baseMs: 10_000, perTalk: 0.1, maxMs: 90_000, sigma: 0.5 } },
  }),
  day('no-detection', 'no machine detection: agents hear the machines', { network: { detection: detectionOff } }),
  day('poor-detection', 'detection takes 4 s and errs on one in ten', {
    network: {
      detection: {
        on: true,
        personAsMachine: 0.1,
        machineAsPerson: 0.1,
        unknown: 0.05,
        personAfter: { kind: 'lognormal', medianMs: 4_000, sigma: 0.3 },
        machineAfter: { kind: 'lognormal', medianMs: 5_000, sigma: 0.3 },
      },
    },
  }),
  day('impatient', 'people hang up within two or three seconds', {
    network: { patience: { kind: 'lognormal', medianMs: 3_500, sigma: 0.4 } },
  }),
  day('hours', 'answers rise from 15 % in the morning to 40 % in the evening', {
    startHour: 11,
    network: { hours: [1, 1, 1, 1, 1, 1, 1, 1, 0.6, 0.6, 0.6, 0.6, 0.8, 0.8, 0.7, 0.8, 1, 1.2, 1.6, 1.6, 1.4] },
  }),
  day('new-list', 'two hours in, the list changes: answers rise from 12 % to 36 % at once', {
    network: { answer: 0.12 },
    changes: [{ atMinute: 120, network: { answer: 0.36 } }],
  }),
  day('list-runs-dry', 'answers fall from 40 % to 10 % at once, talks grow shorter', {
    network: { answer: 0.4 },
    changes: [{ atMinute: 150, network: { answer: 0.1, talk: { kind: 'lognormal', medianMs: 40_000, sigma: 0.8 } } }],
  }),
  day('talks-grow', 'the offer changes: talks twice as long from one minute to the next', {
    changes: [
      {
        atMinute: 180,
        network: {
          talk: {
            kind: 'mixture',
            parts: [
              { share: 0.5, medianMs: 44_000, sigma: 0.5 },
              { share: 0.35, medianMs: 220_000, sigma: 0.5 },
              { share: 0.15, medianMs: 660_000, sigma: 0.5 },
            ],
          },
        },
      },
    ],
  }),
  day('rings-change', 'people answer at 4 s, for an hour and a half at 18 s, then at 4 s again', {
    network: { personRing: { kind: 'lognormal', medianMs: 4_000, sigma: 0.5 } },
    changes: [
      { atMinute: 90, network: { personRing: { kind: 'lognormal', medianMs: 17_500, sigma: 0.25 } } },
      { atMinute: 180, network: { personRing: { kind: 'lognormal', medianMs: 4_000, sigma: 0.5 } } },
    ],
  }),
  day('half-at-lunch', 'half of the team goes to lunch at the same minute, then the other half', {
    crew: { breaks: [pause(180, 45, { waves: 2 })] },
  }),
  day('late-crew', 'a third of the team logs in late within 40 minutes; breaks of all kinds', {
    crew: {
      late: { share: 0.33, withinMinutes: 40 },
      breaks: [
        pause(60, 5, { spreadMinutes: 120 }),
        pause(180, 30, { waves: 3 }),
        pause(300, 10, { spreadMinutes: 90 }),
      ],
    },
  }),
  day('few-lines', 'lines for three calls an agent, talks included', { agents: 30, maxLines: 70 }),
  day('slow-carrier', 'one call a second for thirty agents', { agents: 30, maxCallsPerSecond: 1 }),
  day('uneven-agents', 'quick and slow agents: half or double the wrap-up', {
    crew: { ...noBreaks, speedSpread: 0.45 },
  }),
  day('known-chances', 'contacts differ much and the engine knows each one’s chance', {
    network: { contactSpread: 1.5, chance: { known: true, errorSd: 0, bias: 0 } },
  }),
  day('wrong-chances', 'contacts differ and the engine’s estimates are biased upwards and noisy', {
    network: { contactSpread: 1, chance: { known: true, errorSd: 0.8, bias: 0.7 } },
  }),
  day('fast-pickup', 'people answer within seconds: calls ring 6 s at the median', {
    network: {
      personRing: { kind: 'lognormal', medianMs: 5_000, sigma: 0.6 },
      setup: { kind: 'lognormal', medianMs: 1_200, sigma: 0.3 },
    },
  }),
  day('week', 'seven days of eight hours', { days: 7 }),
];

/** The catalogue of named scenarios. */
export const scenarios: Record<string, Scenario> = Object.fromEntries(
  list.map((scenario) => [scenario.name, scenario]),
);
