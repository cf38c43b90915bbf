import { Button, Checkbox, InputNumber, Select } from 'antd';
import type { Campaign, CampaignSettings } from '../../../contract/campaigns.ts';
import { calling } from '../../i18n/calling/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { TimeField } from '../../shared/date-fields.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { useSettings } from './use-settings.ts';

type Rule = CampaignSettings['retry'][number];
const outcomes: readonly Rule['outcome'][] = [
  'busy',
  'no-answer',
  'switched-off',
  'machine',
  'failed',
  'canceled',
  'customer-hung-up',
  'abandoned',
  'invalid',
  'undecided',
  'refused',
];
const usualWindowDays = 7;

function RuleRow(props: { rule: Rule; locked: boolean; change: (rule: Rule) => void; remove: () => void }) {
  const { rule, locked, change, remove } = props;
  const t = useTexts(calling).hours;
  const { timeOfDay: _, gatherOnLastWorkingDay: __, ...plain } = rule;
  const time = rule.timeOfDay === undefined ? {} : { timeOfDay: rule.timeOfDay };
  const gather = rule.gatherOnLastWorkingDay;
  return (
    <div className="rule-row retry-row">
      <InputNumber
        aria-label={t.tries}
        className="short-number"
        min={0}
        max={50}
        precision={0}
        disabled={locked}
        value={rule.maxTries}
        onChange={(maxTries) => typeof maxTries === 'number' && change({ ...rule, maxTries })}
      />
      <span>{t.triesAfter}</span>
      <InputNumber
        aria-label={t.delay}
        className="short-number"
        min={0}
        max={60 * 24 * 60}
        precision={0}
        disabled={locked}
        value={rule.delayMinutes}
        onChange={(delayMinutes) => typeof delayMinutes === 'number' && change({ ...rule, delayMinutes })}
      />
      <span>{t.minutes}</span>
      <TimeField
        aria-label={t.timeOfDay}
        disabled={locked}
        value={rule.timeOfDay ?? ''}
        change={(value) =>
          change({
            ...plain,
            ...(value === '' ? {} : { timeOfDay: value }),
            ...(gather ? { gatherOnLastWorkingDay: gather } : {}),
          })
        }
      />
      <Checkbox
        checked={rule.nextNumber}
        disabled={locked}
        onChange={(event) => change({ ...rule, nextNumber: event.target.checked })}
      >
        {t.nextNumber}
      </Checkbox>
      <Checkbox
        checked={gather !== undefined}
        disabled={locked}
        onChange={(event) =>
          change({
            ...plain,
            ...time,
            ...(event.target.checked ? { gatherOnLastWorkingDay: { windowDays: usualWindowDays } } : {}),
          })
        }
      >
        {t.gathered}
      </Checkbox>
      {gather === undefined ? null : (
        <InputNumber
          aria-label={t.gatherDays}
          className="short-number with-unit"
          min={1}
          max={365}
          precision={0}
          suffix={t.daysUnit}
          disabled={locked}
          value={gather.windowDays}
          onChange={(windowDays) =>
            typeof windowDays === 'number' && change({ ...rule, gatherOnLastWorkingDay: { windowDays } })
          }
        />
      )}
      {locked ? null : (
        <Button type="text" aria-label={t.removeRetry} icon={<Icon name="cross" size={16} />} onClick={remove} />
      )}
    </div>
  );
}

/** When a contact is tried again, by what became of the last call. Outcomes without a rule are not tried again. */
export function RetryForm({ campaign }: { campaign: Campaign }) {
  const t = useTexts(calling).hours;
  const c = useTexts(common);
  const w = useTexts(words);
  const { save, locked } = useSettings(campaign);
  const { draft: retry, setDraft: setRetry, taken } = useEdited(campaign.settings.retry);
  const free = outcomes.filter((outcome) => !retry.some((rule) => rule.outcome === outcome));
  const name = (outcome: string) => word({ ...w.dispositions, ...w.outcomes }, outcome);
  return (
    <Panel title={t.retry}>
      <form
        className="column tight"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ retry }, { onSuccess: () => taken(retry) });
        }}
      >
        {retry.map((rule, index) => (
          <fieldset key={rule.outcome} className="plain-set" disabled={locked}>
            <legend>{name(rule.outcome)}</legend>
            <RuleRow
              rule={rule}
              locked={locked}
              change={(changed) => setRetry(retry.with(index, changed))}
              remove={() => setRetry(retry.toSpliced(index, 1))}
            />
          </fieldset>
        ))}
        {locked ? null : (
          <div className="row">
            {free.length === 0 ? null : (
              <Select
                aria-label={t.addRetry}
                className="add-rule"
                placeholder={t.addRetry}
                value={null}
                options={free.map((value) => ({ value, label: name(value) }))}
                onChange={(outcome: Rule['outcome'] | null) => {
                  if (outcome !== null)
                    setRetry([...retry, { outcome, maxTries: 1, delayMinutes: 60, nextNumber: false }]);
                }}
              />
            )}
            <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-retry">
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
