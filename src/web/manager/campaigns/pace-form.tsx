import { Button, Checkbox, Radio } from 'antd';
import type { Campaign } from '../../../contract/campaigns.ts';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { useEdited } from '../../shared/unsaved.ts';
import { NumberField, PercentField } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { useSettings } from './use-settings.ts';

const modes = ['manual', 'preview', 'progressive', 'predictive'] as const;
const usualBand = { min: 0.69, max: 0.74 };

/** Mode and pace: the settings a manager moves while the campaign runs. */
export function PaceForm({ campaign }: { campaign: Campaign }) {
  const t = useTexts(campaigns).pace;
  const w = useTexts(words).modes;
  const c = useTexts(common);
  const { save, locked } = useSettings(campaign);
  const { pacing: kept, abandonLockHours, machineDetection } = campaign.settings;
  const { draft, setDraft, taken } = useEdited({ pacing: kept, abandonLockHours, machineDetection });
  const { pacing, abandonLockHours: lock, machineDetection: machine } = draft;
  const change = (part: Partial<typeof pacing>) =>
    setDraft((known) => ({ ...known, pacing: { ...known.pacing, ...part } }));
  const { band } = pacing;
  const fault = band !== null && band.min >= band.max ? t.bandFault : undefined;
  return (
    <Panel title={t.title} extra={<span className="small">{t.live}</span>}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined) save.mutate(draft, { onSuccess: () => taken(draft) });
        }}
      >
        <fieldset className="plain-set" disabled={locked}>
          <legend>{t.mode}</legend>
          <Radio.Group
            value={pacing.mode}
            disabled={locked}
            className="mode-choice"
            onChange={(event) => change({ mode: event.target.value })}
          >
            {modes.map((mode) => (
              <Radio key={mode} value={mode} className="mode-option">
                <span className="strong">{w[mode]}</span>
                <span className="muted small">{t.modeHints[mode]}</span>
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
        <Checkbox
          checked={band !== null}
          disabled={locked}
          onChange={(event) => change({ band: event.target.checked ? usualBand : null })}
        >
          {t.useBand}
        </Checkbox>
        <div className="form-grid">
          {band === null ? null : (
            <>
              <PercentField
                label={t.min}
                value={band.min}
                disabled={locked}
                fault={fault}
                change={(min) => change({ band: { ...band, min } })}
              />
              <PercentField
                label={t.max}
                value={band.max}
                disabled={locked}
                change={(max) => change({ band: { ...band, max } })}
              />
            </>
          )}
          <PercentField
            label={t.cap}
            value={pacing.maxAbandonRate}
            step={0.1}
            disabled={locked}
            change={(maxAbandonRate) => change({ maxAbandonRate })}
          />
          <NumberField
            label={t.window}
            value={pacing.abandonWindowDays}
            min={1}
            max={90}
            suffix={t.days}
            disabled={locked}
            change={(abandonWindowDays) => change({ abandonWindowDays })}
          />
          <NumberField
            label={t.lines}
            value={pacing.maxLines}
            min={0}
            max={5000}
            disabled={locked}
            change={(maxLines) => change({ maxLines })}
          />
          <NumberField
            label={t.perSecond}
            value={pacing.maxCallsPerSecond}
            min={0}
            max={200}
            disabled={locked}
            change={(maxCallsPerSecond) => change({ maxCallsPerSecond })}
          />
          <NumberField
            label={t.ring}
            value={pacing.ringTimeoutMs / 1000}
            min={15}
            max={60}
            suffix={t.seconds}
            disabled={locked}
            change={(seconds) => change({ ringTimeoutMs: Math.round(seconds * 1000) })}
          />
          <NumberField
            label={t.wrapUp}
            value={pacing.wrapUpSeconds}
            min={5}
            max={3600}
            suffix={t.seconds}
            disabled={locked}
            change={(wrapUpSeconds) => change({ wrapUpSeconds })}
          />
          {pacing.mode === 'preview' ? (
            <NumberField
              label={t.preview}
              value={pacing.previewSeconds}
              min={0}
              max={3600}
              suffix={t.seconds}
              disabled={locked}
              change={(previewSeconds) => change({ previewSeconds })}
            />
          ) : null}
          <NumberField
            label={t.weight}
            value={pacing.weight}
            min={0.1}
            max={100}
            step={0.1}
            disabled={locked}
            change={(weight) => change({ weight })}
          />
          <NumberField
            label={t.lock}
            value={lock}
            min={0}
            max={720}
            suffix={t.hours}
            disabled={locked}
            change={(hours) => setDraft((known) => ({ ...known, abandonLockHours: hours }))}
          />
        </div>
        <Checkbox
          checked={machine}
          disabled={locked}
          onChange={(event) => setDraft((known) => ({ ...known, machineDetection: event.target.checked }))}
        >
          {t.machine}
        </Checkbox>
        {locked ? null : (
          <div>
            <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-pace">
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
