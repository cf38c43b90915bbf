/** A plan as it is written in the form, to and from what is kept; and which field a refusal is about. */
import type { Plan, PlanSettings } from '../../../contract/plans.ts';
import { ApiError } from '../../api/problem.ts';

export type Draft = {
  name: string;
  campaignIds: string[];
  listIds: string[];
  field: string;
  values: string;
  types: string[];
  kind: PlanSettings['cycle']['kind'];
  count: number;
  unit: Extract<PlanSettings['cycle'], { kind: 'every' }>['unit'];
  event: Extract<PlanSettings['cycle'], { kind: 'after' }>['event'];
  withinDays: number;
  shareKind: PlanSettings['share']['kind'];
  share: number;
  days: number[];
  from: string;
  to: string;
  restDays: number;
  /** 0: none. */
  maxPerDay: number;
  startsOn: string;
};

export const emptyDraft = (campaignId: string, today: string): Draft => ({
  ...{ name: '', campaignIds: [campaignId], listIds: [], field: '', values: '', types: [] },
  ...{ kind: 'every', count: 1, unit: 'months', event: 'complaint-solved', withinDays: 3 },
  ...{ shareKind: 'all', share: 0.2, days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' },
  ...{ restDays: 7, maxPerDay: 0, startsOn: today },
});

/** The cycles that operators' centres keep (L4). */
export const examples = {
  member: { kind: 'every', count: 1, unit: 'months', shareKind: 'all' },
  vip: { kind: 'every', count: 1, unit: 'quarters', shareKind: 'rotation', share: 1 },
  complaint: { kind: 'after', event: 'complaint-solved', withinDays: 3, shareKind: 'all', restDays: 0 },
  fresh: { kind: 'after', event: 'new', withinDays: 7, shareKind: 'all' },
  sample: { kind: 'every', count: 1, unit: 'months', shareKind: 'sample', share: 0.05 },
} as const satisfies Record<string, Partial<Draft>>;
type Example = keyof typeof examples;
export const exampleNames: readonly Example[] = ['member', 'vip', 'complaint', 'fresh', 'sample'];

export function draftOf({ name, settings }: Pick<Plan, 'name' | 'settings'>): Draft {
  const { who, cycle, share, window, restDays, maxPerDay, startsOn } = settings;
  return {
    ...emptyDraft('', startsOn),
    ...cycle,
    ...window,
    ...{ name, campaignIds: who.campaignIds, listIds: who.listIds },
    ...{ field: who.field?.name ?? '', values: who.field?.values.join(', ') ?? '' },
    types: who.types,
    shareKind: share.kind,
    ...(share.kind === 'all' ? {} : { share: share.share }),
    ...{ restDays, maxPerDay: maxPerDay ?? 0 },
  };
}

export function settingsOf(draft: Draft): PlanSettings {
  const { kind, count, unit, event, withinDays, shareKind, share, days, from, to } = draft;
  const values = draft.values
    .split(/[,，、\n]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
  return {
    who: {
      ...{ campaignIds: draft.campaignIds, listIds: draft.listIds },
      field: draft.field.trim() === '' ? null : { name: draft.field.trim(), values },
      types: draft.types,
    },
    cycle: kind === 'every' ? { kind, count, unit } : { kind, event, withinDays },
    share: shareKind === 'all' ? { kind: shareKind } : { kind: shareKind, share },
    window: { days: [...days].sort((a, b) => a - b), from, to },
    restDays: draft.restDays,
    maxPerDay: draft.maxPerDay === 0 ? null : draft.maxPerDay,
    startsOn: draft.startsOn,
  };
}

const fields = [
  'campaignIds',
  'listIds',
  'field',
  'cycle',
  'share',
  'window',
  'restDays',
  'maxPerDay',
  'startsOn',
  'name',
] as const;
export type PlanField = (typeof fields)[number];

/** The code of each field's fault; of what a schema refuses there is one for all: `missing`. */
export function faultsOf(error: unknown): Partial<Record<PlanField, string>> {
  if (!(error instanceof ApiError)) return {};
  const named = error.faults.length > 0 ? error.faults : error.field === null ? [] : [{ field: error.field, code: '' }];
  const found: Partial<Record<PlanField, string>> = {};
  for (const { field, code } of named) {
    const parts = field.split('.');
    const at = fields.find((one) => parts.includes(one));
    if (at !== undefined) found[at] ??= code.startsWith('plan-') ? code : 'missing';
  }
  return found;
}
