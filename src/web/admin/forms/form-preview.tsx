import '../../inspector/judge/judge.css';
import { Segmented } from 'antd';
import { useReducer, useState } from 'react';
import type { Form, FormVersion } from '../../../contract/forms.ts';
import { forms } from '../../i18n/forms/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { beginJudging, judge } from '../../inspector/judge/answers.ts';
import { CriterionCard } from '../../inspector/judge/criterion-card.tsx';
import { Panel } from '../../shared/page.tsx';

type Outcome = keyof FormVersion['shown'];
const outcomes: readonly Outcome[] = ['sale', 'no-sale'];

function Cards({ form }: { form: Form }) {
  const [judging, act] = useReducer(judge, [], beginJudging);
  return (
    <div className="column">
      {form.criteria.map((criterion, index) => (
        <CriterionCard
          key={criterion.code}
          criterion={criterion}
          index={index}
          current={index === judging.at}
          check={index === judging.at ? judging.check : null}
          answer={judging.answers[criterion.code]}
          fault={false}
          act={act}
          now={() => 0}
          seek={() => {}}
        />
      ))}
    </div>
  );
}

/** The inspector's own cards, to be tried; what is entered goes nowhere. */
export function FormPreview({ version }: { version: FormVersion }) {
  const t = useTexts(forms);
  const [outcome, choose] = useState<Outcome>('sale');
  return (
    <Panel
      title={t.views.preview}
      extra={
        <Segmented
          aria-label={t.conversation}
          value={outcome}
          options={outcomes.map((value) => ({ value, label: t.outcomes[value] }))}
          onChange={choose}
        />
      }
    >
      <p className="muted small">{t.previewHint}</p>
      <div className="form-preview" data-testid="form-preview">
        <Cards key={outcome} form={version.shown[outcome]} />
      </div>
    </Panel>
  );
}
