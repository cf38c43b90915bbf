import { Button, Checkbox } from 'antd';
import type { Campaign, CampaignSettings } from '../../../contract/campaigns.ts';
import { calling as callingTexts } from '../../i18n/calling/index.ts';
import { common } from '../../i18n/common/index.ts';
import { isoDays } from '../../i18n/format.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { TimeField } from '../../shared/date-fields.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { CallingPresets } from './calling-presets.tsx';
import { LimitsForm } from './limits-form.tsx';
import { RetryForm } from './retry-form.tsx';
import { useSettings } from './use-settings.ts';

type Window = CampaignSettings['calling']['windows'][number];

function WindowRow(props: { window: Window; locked: boolean; change: (window: Window) => void; remove: () => void }) {
  const { window, locked, change, remove } = props;
  const t = useTexts(callingTexts).hours;
  const format = useFormat();
  return (
    <fieldset className="plain-set window-row" disabled={locked}>
      <legend className="visually-hidden">{t.days}</legend>
      <Checkbox.Group
        value={window.days}
        disabled={locked}
        options={isoDays.map((day) => ({ value: day, label: format.weekday(day) }))}
        onChange={(days) => change({ ...window, days })}
      />
      <TimeField
        aria-label={t.from}
        disabled={locked}
        value={window.from}
        change={(from) => change({ ...window, from })}
      />
      <span aria-hidden="true">–</span>
      <TimeField aria-label={t.to} disabled={locked} value={window.to} change={(to) => change({ ...window, to })} />
      {locked ? null : (
        <Button type="text" aria-label={t.remove} icon={<Icon name="cross" size={16} />} onClick={remove} />
      )}
    </fieldset>
  );
}

/** Calling hours, and the limits and retry rules that apply. */
export function HoursForm({ campaign }: { campaign: Campaign }) {
  const t = useTexts(callingTexts).hours;
  const c = useTexts(common);
  const { save, locked } = useSettings(campaign);
  const { draft: calling, setDraft: setCalling, taken } = useEdited(campaign.settings.calling);
  const setWindows = (windows: Window[]) => setCalling((known) => ({ ...known, windows }));
  return (
    <div className="column wide-gap">
      {locked ? null : <CallingPresets campaign={campaign} />}
      <Panel title={t.title}>
        <form
          className="column"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ calling }, { onSuccess: () => taken(calling) });
          }}
        >
          {calling.windows.map((window, index) => (
            <WindowRow
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own, and only the last is added or one removed.
              key={index}
              window={window}
              locked={locked}
              change={(changed) => setWindows(calling.windows.with(index, changed))}
              remove={() => setWindows(calling.windows.toSpliced(index, 1))}
            />
          ))}
          <Checkbox
            checked={calling.workingDaysOnly}
            disabled={locked}
            onChange={(event) => setCalling((known) => ({ ...known, workingDaysOnly: event.target.checked }))}
          >
            {t.workingDaysOnly}
          </Checkbox>
          {locked ? null : (
            <div className="row">
              <Button onClick={() => setWindows([...calling.windows, { days: isoDays, from: '09:00', to: '12:00' }])}>
                {t.add}
              </Button>
              <Button type="primary" htmlType="submit" loading={save.isPending}>
                {c.save}
              </Button>
            </div>
          )}
        </form>
      </Panel>
      <LimitsForm campaign={campaign} />
      <RetryForm campaign={campaign} />
    </div>
  );
}
