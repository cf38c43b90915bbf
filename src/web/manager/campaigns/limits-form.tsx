import { Button, InputNumber, Select } from 'antd';
import type { Campaign, CampaignSettings } from '../../../contract/campaigns.ts';
import { calling } from '../../i18n/calling/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { useSettings } from './use-settings.ts';

type Limit = CampaignSettings['limits'][number];
type Window = Limit['window'];
const kinds = ['rolling-minutes', 'calendar-days', 'calendar-month', 'ever'] as const;

/** A window of another kind, with the amount that is usual for it. */
function windowOf(kind: Window['kind']): Window {
  switch (kind) {
    case 'rolling-minutes':
      return { kind, minutes: 60 };
    case 'calendar-days':
      return { kind, days: 1 };
    case 'calendar-month':
    case 'ever':
      return { kind };
    default:
      return kind satisfies never;
  }
}

function LimitRow(props: { limit: Limit; locked: boolean; change: (limit: Limit) => void; remove: () => void }) {
  const { limit, locked, change, remove } = props;
  const t = useTexts(calling).hours;
  const { window } = limit;
  const amount =
    window.kind === 'rolling-minutes' ? window.minutes : window.kind === 'calendar-days' ? window.days : null;
  const setAmount = (value: number) => {
    if (window.kind === 'rolling-minutes') change({ ...limit, window: { ...window, minutes: value } });
    if (window.kind === 'calendar-days') change({ ...limit, window: { ...window, days: value } });
  };
  return (
    <div className="rule-row">
      <span>{t.atMost}</span>
      <InputNumber
        aria-label={t.atMost}
        className="short-number"
        min={0}
        precision={0}
        disabled={locked}
        value={limit.max}
        onChange={(max) => typeof max === 'number' && change({ ...limit, max })}
      />
      <Select
        aria-label={t.what}
        disabled={locked}
        value={limit.counts}
        options={(['attempts', 'conversations'] as const).map((value) => ({ value, label: t.counts[value] }))}
        onChange={(counts) => change({ ...limit, counts })}
      />
      <Select
        aria-label={t.scope}
        disabled={locked}
        value={limit.scope}
        options={(['number', 'contact'] as const).map((value) => ({ value, label: t.perScope[value] }))}
        onChange={(scope) => change({ ...limit, scope })}
      />
      {amount === null ? null : (
        <InputNumber
          aria-label={t.amount}
          className="short-number"
          min={1}
          precision={0}
          disabled={locked}
          value={amount}
          onChange={(value) => typeof value === 'number' && setAmount(value)}
        />
      )}
      <Select
        aria-label={t.window}
        disabled={locked}
        value={window.kind}
        options={kinds.map((value) => ({ value, label: t.windowKinds[value] }))}
        onChange={(kind) => change({ ...limit, window: windowOf(kind) })}
      />
      <Select
        aria-label={t.action}
        disabled={locked}
        value={limit.action}
        options={(['defer', 'finish'] as const).map((value) => ({ value, label: t.actions[value] }))}
        onChange={(action) => change({ ...limit, action })}
      />
      {locked ? null : (
        <Button type="text" aria-label={t.removeLimit} icon={<Icon name="cross" size={16} />} onClick={remove} />
      )}
    </div>
  );
}

/** How often one number or one contact may be called; the versions of the settings keep what was in force. */
export function LimitsForm({ campaign }: { campaign: Campaign }) {
  const t = useTexts(calling).hours;
  const c = useTexts(common);
  const { save, locked } = useSettings(campaign);
  const { draft: limits, setDraft: setLimits, taken } = useEdited(campaign.settings.limits);
  const add = () => {
    const id = `own-${limits.length + 1}-${limits.map((limit) => limit.id).join('').length}`;
    setLimits([
      ...limits,
      { id, scope: 'number', counts: 'attempts', window: windowOf('calendar-days'), max: 1, action: 'defer' },
    ]);
  };
  return (
    <Panel title={t.limits}>
      <form
        className="column tight"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ limits }, { onSuccess: () => taken(limits) });
        }}
      >
        {limits.length === 0 ? <p className="muted">{t.noLimits}</p> : null}
        {limits.map((limit, index) => (
          <LimitRow
            key={limit.id}
            limit={limit}
            locked={locked}
            change={(changed) => setLimits(limits.with(index, changed))}
            remove={() => setLimits(limits.toSpliced(index, 1))}
          />
        ))}
        {locked ? null : (
          <div className="row">
            <Button onClick={add}>{t.addLimit}</Button>
            <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-limits">
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
