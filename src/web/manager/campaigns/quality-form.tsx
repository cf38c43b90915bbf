import { Button, Checkbox, Radio } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { NumberField, PercentField } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { useSettings } from './use-settings.ts';

/** Shares that are sampled, and what a sale must pass before it counts. */
export function QualityForm({ campaign }: { campaign: Campaign }) {
  const { quality: t, pace: units } = useTexts(campaigns);
  const c = useTexts(common);
  const { save, locked } = useSettings(campaign);
  const { draft: quality, setDraft: setQuality, taken } = useEdited(campaign.settings.quality);
  const change = (part: Partial<typeof quality>) => setQuality((known) => ({ ...known, ...part }));
  const force = (part: Partial<typeof quality.forced>) => change({ forced: { ...quality.forced, ...part } });
  const switches = [
    { label: t.recheck, on: quality.recheckAll, set: (recheckAll: boolean) => change({ recheckAll }) },
    { label: t.hold, on: quality.holdForQuality, set: (holdForQuality: boolean) => change({ holdForQuality }) },
    { label: t.twoStep, on: quality.twoStepClose, set: (twoStepClose: boolean) => change({ twoStepClose }) },
  ];
  return (
    <Panel title={t.title}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ quality }, { onSuccess: () => taken(quality) });
        }}
      >
        <fieldset className="plain-set" disabled={locked}>
          <legend>{t.frame}</legend>
          <Radio.Group
            value={quality.frame}
            disabled={locked}
            options={[
              { value: 'sales', label: t.frames.sales },
              { value: 'conversations', label: t.frames.conversations },
            ]}
            onChange={(event) => change({ frame: event.target.value })}
          />
        </fieldset>
        <div className="form-grid">
          <PercentField
            label={t.daily}
            value={quality.dailyRate}
            disabled={locked}
            change={(dailyRate) => change({ dailyRate })}
          />
          <PercentField
            label={t.weekly}
            value={quality.weeklyRate}
            disabled={locked}
            change={(weeklyRate) => change({ weeklyRate })}
          />
          <NumberField
            label={t.overlap}
            value={quality.weeklyOverlap}
            min={0}
            disabled={locked}
            change={(weeklyOverlap) => change({ weeklyOverlap })}
          />
          <NumberField
            label={t.tightened}
            value={quality.tightenedMultiple}
            min={1}
            max={10}
            step={0.5}
            disabled={locked}
            change={(tightenedMultiple) => change({ tightenedMultiple })}
          />
          <NumberField
            label={t.patrolRounds}
            hint={t.patrolHint}
            value={quality.patrolRounds}
            min={0}
            max={24}
            disabled={locked}
            change={(patrolRounds) => change({ patrolRounds })}
          />
          <NumberField
            label={t.corrective}
            suffix={t.workingDays}
            value={quality.correctiveDeadlineWorkingDays}
            min={1}
            max={30}
            disabled={locked}
            change={(correctiveDeadlineWorkingDays) => change({ correctiveDeadlineWorkingDays })}
          />
          <NumberField
            label={t.retention}
            suffix={t.months}
            value={quality.retentionMonths}
            min={1}
            max={240}
            disabled={locked}
            change={(retentionMonths) => change({ retentionMonths })}
          />
        </div>
        <fieldset className="plain-set" disabled={locked}>
          <legend>{t.forced}</legend>
          <p className="field-hint">{t.forcedHint}</p>
          <div className="form-grid">
            <NumberField
              label={t.longer}
              suffix={units.seconds}
              value={quality.forced.longerThanSeconds ?? 0}
              min={0}
              disabled={locked}
              change={(seconds) => force({ longerThanSeconds: seconds === 0 ? null : seconds })}
            />
            <NumberField
              label={t.shorter}
              suffix={units.seconds}
              value={quality.forced.shorterThanSeconds ?? 0}
              min={0}
              disabled={locked}
              change={(seconds) => force({ shorterThanSeconds: seconds === 0 ? null : seconds })}
            />
            <NumberField
              label={t.firstDays}
              suffix={units.days}
              value={quality.forced.firstDaysOfAgent}
              min={0}
              disabled={locked}
              change={(firstDaysOfAgent) => force({ firstDaysOfAgent })}
            />
          </div>
          <Checkbox
            checked={quality.forced.complaints}
            disabled={locked}
            onChange={(event) => force({ complaints: event.target.checked })}
          >
            {t.complaints}
          </Checkbox>
        </fieldset>
        {switches.map(({ label, on, set }) => (
          <Checkbox key={label} checked={on} disabled={locked} onChange={(event) => set(event.target.checked)}>
            {label}
          </Checkbox>
        ))}
        {locked ? null : (
          <div>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
