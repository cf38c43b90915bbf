import { Radio } from 'antd';
import { agent } from '../../i18n/agent/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import type { ChangeDraft, Draft } from '../call/draft.ts';
import { criteria } from './disposition.ts';

/** The agent's own judgement by the four criteria: yes or in doubt, for each. */
export function SelfCheckFields(props: { draft: Draft; change: ChangeDraft; fault: boolean; unsaid: number }) {
  const { draft, change, fault, unsaid } = props;
  const format = useFormat();
  const t = useTexts(agent).outcome;
  const w = useTexts(words).criteria;
  const c = useTexts(common);
  return (
    <section className="self-check" aria-label={t.selfCheck}>
      <h3>{t.selfCheck}</h3>
      <p className="field-hint">{t.selfCheckHint}</p>
      {criteria.map((criterion) => {
        const answer = draft.selfCheck[criterion] ?? null;
        const open = fault && answer === null;
        return (
          <fieldset key={criterion} className="plain-set self-check-row" data-missing={open}>
            <legend className="visually-hidden">{w[criterion]}</legend>
            <div className="grow">
              <span className="strong small">{w[criterion]}</span>
              <p className="small muted">{t.questions[criterion]}</p>
              {criterion === 'approvedScript' && unsaid > 0 ? (
                <p className="small strong">{t.mustSayOpen(format.number(unsaid))}</p>
              ) : null}
              {open ? <p className="field-fault">{c.required}</p> : null}
            </div>
            <Radio.Group
              optionType="button"
              size="small"
              value={answer}
              options={[
                { value: 'yes', label: t.answers.yes },
                { value: 'doubt', label: t.answers.doubt },
              ]}
              onChange={(event) =>
                change(({ selfCheck }) => ({ selfCheck: { ...selfCheck, [criterion]: event.target.value } }))
              }
              data-testid={`self-check-${criterion}`}
            />
          </fieldset>
        );
      })}
    </section>
  );
}
