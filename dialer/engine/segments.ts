/** Segment rules of a centre in versions, what they would take, and the customers' types for a month. */
import type { Actor } from '../dialer.ts';
import { DialerError } from '../errors.ts';
import type {
  CustomersOf,
  SegmentExample,
  SegmentFacts,
  SegmentRulesStore,
  SegmentRun,
  SegmentRunStore,
  SegmentVersion,
} from '../ports/segments.ts';
import { dateOf } from '../rules/calendar.ts';
import { type SegmentChange, segmentChanges } from '../rules/segments/changes.ts';
import type { SegmentCounts } from '../rules/segments/classify.ts';
import type { SegmentMoment } from '../rules/segments/facts.ts';
import { segmentFaults, type SegmentRules } from '../rules/segments/settings.ts';
import { startingSet } from '../rules/segments/starting-set.ts';
import { sortCustomers } from './segments/sorting.ts';

export type SegmentPreview = SegmentMoment & {
  counts: SegmentCounts;
  /** Of each type a few, masked. */
  examples: { key: string; items: SegmentExample[] }[];
};
/** With what it changed; of the first there is nothing before it. */
export type SegmentVersionView = SegmentVersion & { changes: SegmentChange[]; restBefore: number | null };

export type SegmentCommands = {
  current(centreId: string): Promise<SegmentVersion>;
  /** Of one version; undefined: there is none such. */
  version(centreId: string, version: number): Promise<SegmentRules | undefined>;
  /** The newest first. */
  versions(centreId: string): Promise<SegmentVersionView[]>;
  /** `version`: the one that was seen. @throws DialerError segment-invalid, naming every field at fault, segment-changed */
  change(centreId: string, rules: SegmentRules, version: number, by: Actor): Promise<SegmentVersion>;
  /** What these rules would take; nothing is kept. @throws DialerError segment-invalid, segment-facts-missing */
  preview(of: CustomersOf, rules: SegmentRules, progress?: Progress): Promise<SegmentPreview>;
  count(of: CustomersOf): Promise<number>;
  /** Gives every customer of the client their type for the newest month. @throws DialerError segment-facts-missing */
  sort(of: CustomersOf, by: Actor, progress?: Progress): Promise<SegmentRun>;
  /** The newest of each client. */
  runs(centreId: string): Promise<SegmentRun[]>;
};
type Progress = (done: number) => void;
type Deps = { store: SegmentRulesStore; runs: SegmentRunStore; facts: SegmentFacts; clock: { now(): number } };
const shownExamples = 10;

export function createSegments({ store, runs, facts, clock }: Deps): SegmentCommands {
  const first: SegmentVersion = { version: 0, rules: startingSet, changedAt: null, changedBy: null };
  const current = async (centreId: string): Promise<SegmentVersion> => (await store.load(centreId)) ?? first;
  const mustWork = (rules: SegmentRules): void => {
    const faults = segmentFaults(rules);
    if (faults.length > 0) throw new DialerError('segment-invalid', 'The rules cannot work as they are.', { faults });
  };
  const momentOf = async (of: CustomersOf): Promise<SegmentMoment> => {
    const [zone, month] = await Promise.all([store.timeZone(of.centreId), facts.newestMonth(of)]);
    if (zone === null || month === null)
      throw new DialerError('segment-facts-missing', 'Nothing is known of the customers’ months.');
    return { month, today: dateOf(clock.now(), zone) };
  };

  return {
    current,
    async version(centreId, version) {
      const kept = await store.versions(centreId);
      return [...kept, first].find((one) => one.version === version)?.rules;
    },
    async versions(centreId) {
      const kept = await store.versions(centreId);
      const all = kept.length === 0 ? [first] : kept;
      return all.map((one, index) => {
        const before = all[index + 1];
        return {
          ...one,
          changes: before === undefined ? [] : segmentChanges(before.rules, one.rules),
          restBefore: before?.rules.restMonths ?? null,
        };
      });
    },
    async change(centreId, rules, version, by) {
      mustWork(rules);
      const now = clock.now();
      if (!(await store.change({ centreId, version, rules, first: startingSet, by: by.userId, now })))
        throw new DialerError('segment-changed', 'Somebody else has changed these rules.');
      return current(centreId);
    },
    async preview(of, rules, progress) {
      mustWork(rules);
      const at = await momentOf(of);
      const { counts, members } = await sortCustomers(facts, of, rules, at, await runs.held(of, at.month), progress);
      const chosen = [...members].map(([key, ids]) => ({ key, ids: ids.slice(0, shownExamples) }));
      const known = await facts.examples(
        chosen.flatMap(({ ids }) => ids),
        at.month,
      );
      const examples = chosen.map(({ key, ids }) => ({ key, items: ids.flatMap((id) => known.get(id) ?? []) }));
      return { ...at, counts, examples };
    },
    count: (of) => facts.count(of),
    async sort(of, by, progress) {
      const { version, rules } = await current(of.centreId);
      const at = await momentOf(of);
      const { counts, members } = await sortCustomers(facts, of, rules, at, await runs.held(of, at.month), progress);
      const run = { ...of, month: at.month, version, at: clock.now(), by: by.userId, counts };
      return runs.keep(run, members);
    },
    runs: (centreId) => runs.newest(centreId),
  };
}
