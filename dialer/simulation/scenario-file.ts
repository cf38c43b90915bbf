import { z } from 'zod';
import { type NetworkModel, ordinaryNetwork } from './network-model.ts';
import type { Scenario } from './scenario.ts';
import { day, ordinaryCrew } from './scenarios.ts';

/** A scenario file that cannot be used: every fault with the place in the file where it is. */
export class ScenarioFault extends Error {
  readonly code = 'scenario-invalid';
  readonly retryable = false;
  readonly faults: string[];

  constructor(source: string, faults: string[]) {
    super(`${source} is no scenario:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(86_400_000);
const sigma = z.number().min(0).max(3);
const minute = z.number().min(0).max(1440);

const distribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), ms: milliseconds }),
  z.strictObject({ kind: z.literal('exponential'), meanMs: milliseconds.positive() }),
  z.strictObject({ kind: z.literal('lognormal'), medianMs: milliseconds.positive(), sigma }),
  z.strictObject({
    kind: z.literal('mixture'),
    parts: z
      .array(z.strictObject({ share: z.number().positive(), medianMs: milliseconds.positive(), sigma }))
      .min(1)
      .max(20),
  }),
  z.strictObject({ kind: z.literal('real-calls') }),
]);

const detection = z.strictObject({
  on: z.boolean().exactOptional(),
  personAsMachine: share.exactOptional(),
  machineAsPerson: share.exactOptional(),
  unknown: share.exactOptional(),
  personAfter: distribution.exactOptional(),
  machineAfter: distribution.exactOptional(),
});

const network = z.strictObject({
  answer: share.exactOptional(),
  machine: share.exactOptional(),
  busy: share.exactOptional(),
  invalid: share.exactOptional(),
  switchedOff: share.exactOptional(),
  failed: share.exactOptional(),
  setup: distribution.exactOptional(),
  personRing: distribution.exactOptional(),
  machineRing: distribution.exactOptional(),
  greeting: distribution.exactOptional(),
  detection: detection.exactOptional(),
  patience: distribution.exactOptional(),
  talk: distribution.exactOptional(),
  accept: share.exactOptional(),
  hours: z.array(z.number().min(0).max(10)).max(24).exactOptional(),
  contactSpread: z.number().min(0).max(5).exactOptional(),
  chance: z
    .strictObject({ known: z.boolean(), errorSd: z.number().min(0).max(5), bias: z.number().min(-5).max(5) })
    .exactOptional(),
});

const pause = z.strictObject({
  atMinute: minute,
  minutes: z.number().positive().max(480),
  share: share.default(1),
  waves: z.int().min(1).max(100).default(1),
  spreadMinutes: minute.default(0),
});

const crew = z.strictObject({
  speedSpread: z.number().min(0).max(2).exactOptional(),
  wrapUp: z
    .strictObject({ baseMs: milliseconds, perTalk: z.number().min(0).max(5), maxMs: milliseconds, sigma })
    .refine(({ baseMs, maxMs }) => baseMs <= maxMs, { path: ['maxMs'], message: 'must not be below baseMs' })
    .exactOptional(),
  breaks: z.array(pause).max(50).exactOptional(),
  late: z.strictObject({ share, withinMinutes: minute }).exactOptional(),
});

const scenarioFile = z.strictObject({
  name: z.string().min(1).max(80),
  about: z.string().max(400).default(''),
  agents: z.int().min(0).max(5_000).default(20),
  startHour: z.number().min(0).max(23).default(9),
  shiftMinutes: z.number().min(1).max(1_440).default(480),
  days: z.int().min(1).max(31).default(1),
  stopBeforeEndMs: milliseconds.default(45_000),
  maxAbandonRate: share.default(0.03),
  abandonWithinMs: milliseconds.default(2_000),
  targetUtilization: z
    .strictObject({ min: share, max: share })
    .refine((band) => band.min <= band.max, { path: ['min'], message: 'min must not be above max' })
    .exactOptional(),
  maxLines: z.int().min(0).max(100_000).exactOptional(),
  maxCallsPerSecond: z.number().min(0).max(10_000).exactOptional(),
  ringTimeoutMs: z.number().min(1_000).max(120_000).default(25_000),
  contacts: z.int().min(0).exactOptional(),
  network: network.default({}),
  changes: z
    .array(z.strictObject({ atMinute: minute, network }))
    .max(100)
    .default([]),
  crew: crew.default({}),
});

/**
 * Reads a scenario from JSON text. What is left out is as on the ordinary day; unknown fields are faults.
 * @throws ScenarioFault with one line per fault
 */
export function parseScenario(json: string, source: string): Scenario {
  let value: unknown;
  try {
    // Some editors put a byte-order mark before the text.
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ScenarioFault(source, [notJson(json, error instanceof Error ? error.message : String(error))]);
  }
  const parsed = scenarioFile.safeParse(value);
  if (!parsed.success) {
    throw new ScenarioFault(
      source,
      parsed.error.issues.map(
        (issue) => `${issue.path.length === 0 ? 'file' : issue.path.join('.')}: ${issue.message}`,
      ),
    );
  }
  const { name, about, network: given, crew: givenCrew, changes, ...rest } = parsed.data;
  const first = completeNetwork(ordinaryNetwork, given);
  const faults = overfullShares(first, 'network');
  const steps: Scenario['changes'] = [];
  let before = first;
  for (const change of [...changes].sort((a, b) => a.atMinute - b.atMinute)) {
    before = completeNetwork(before, change.network);
    steps.push({ atMinute: change.atMinute, network: before });
    faults.push(...overfullShares(before, `network from minute ${change.atMinute}`));
  }
  if (faults.length > 0) throw new ScenarioFault(source, faults);
  return day(name, about, {
    ...rest,
    network: first,
    crew: { ...ordinaryCrew, ...givenCrew },
    changes: steps,
  });
}

/** The engine says after how many characters it stopped; people look for a line. */
function notJson(json: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  const before = position === undefined ? json : json.slice(0, Number(position));
  return `line ${before.split('\n').length}: not JSON: ${message}`;
}

function completeNetwork(base: NetworkModel, given: z.infer<typeof network>): NetworkModel {
  const { detection: givenDetection, ...others } = given;
  return { ...base, ...others, detection: { ...base.detection, ...givenDetection } };
}

/** Shares of the calls nobody answers must leave room for those that ring out, detection's errors for its being right. */
function overfullShares(model: NetworkModel, place: string): string[] {
  const { machine, busy, invalid, switchedOff, failed, detection: errs } = model;
  const sums = [
    { of: 'machine, busy, invalid, switchedOff and failed', sum: machine + busy + invalid + switchedOff + failed },
    { of: 'detection.personAsMachine and detection.unknown', sum: errs.personAsMachine + errs.unknown },
    { of: 'detection.machineAsPerson and detection.unknown', sum: errs.machineAsPerson + errs.unknown },
  ];
  return sums
    .filter(({ sum }) => sum > 1 + 1e-9)
    .map(({ of, sum }) => `${place}: ${of} add up to ${sum.toFixed(2)}, which is above 1`);
}
