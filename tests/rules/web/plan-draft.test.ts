import { describe, expect, it } from 'vitest';
import { planSettings } from '../../../dialer/rules/plan/settings.ts';
import { ApiError } from '../../../src/web/api/problem.ts';
import {
  draftOf,
  emptyDraft,
  exampleNames,
  examples,
  faultsOf,
  settingsOf,
} from '../../../src/web/manager/plans/draft.ts';

const campaign = '00000000-0000-4000-8000-000000000001';

describe('a plan in its form', () => {
  it.each(exampleNames)('as the example %s can be kept, and comes back as it was', (name) => {
    const settings = settingsOf({
      ...emptyDraft(campaign, '2026-09-01'),
      ...examples[name],
      field: ' type ',
      values: 'VIP，集团',
    });
    expect(planSettings.parse(settings)).toEqual(settings);
    expect(settings.who.field).toEqual({ name: 'type', values: ['VIP', '集团'] });
    expect(settingsOf(draftOf({ name: 'Plan', settings }))).toEqual(settings);
  });

  it('puts each refusal beside its field', () => {
    const refusal = (faults: { field: string; code: string }[], field: string | null = null) =>
      new ApiError({
        ...{ status: 422, code: 'plan-invalid', detail: '', retryable: false },
        ...(field === null ? {} : { field }),
        faults: faults.map((fault) => ({ ...fault, message: '' })),
      });
    const faults = [
      { field: 'window', code: 'plan-window-empty' },
      { field: 'body.settings.who.field.values', code: 'too_small' },
      { field: 'body.name', code: 'too_small' },
      { field: 'window', code: 'plan-outside-hours' },
    ];
    expect(faultsOf(refusal(faults))).toEqual({ window: 'plan-window-empty', field: 'missing', name: 'missing' });
    expect(faultsOf(refusal([], 'body.settings.who.campaignIds'))).toEqual({ campaignIds: 'missing' });
    expect(faultsOf(null)).toEqual({});
  });
});
