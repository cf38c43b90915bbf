import { Button, Checkbox, Input } from 'antd';
import { useId } from 'react';
import type { CriterionAnswer } from '../../../contract/inspections.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Key } from '../../shared/key.tsx';
import { Badge } from '../../shared/page.tsx';
import { KeyHint } from '../keys/judge-keys.ts';
import { type Criterion, type JudgingStep, reasonsByCheck } from './answers.ts';

type Props = {
  criterion: Criterion;
  index: number;
  current: boolean;
  /** The check whose reasons are asked for by digit. */
  check: string | null;
  answer: CriterionAnswer | undefined;
  fault: boolean;
  act: (step: JudgingStep) => void;
  now: () => number;
  seek: (second: number) => void;
};

function Failure(props: Props & { answer: CriterionAnswer }) {
  const { criterion, answer, fault, act, now, seek, current } = props;
  const t = useTexts(inspector).judge;
  const format = useFormat();
  const { locale } = useLocale();
  const second = answer.atSecond ?? 0;
  const asks = current && answer.reason === null;
  const asksCheck = asks && props.check === null;
  return (
    <div className="failure">
      <div className="row">
        <button type="button" className="link-button" onClick={() => seek(second)}>
          {t.at(format.clock(second * 1000))}
        </button>
        <Button size="small" onClick={() => act({ step: 'mark', criterion, second: now() })}>
          {t.markNow} <KeyHint action="mark" />
        </Button>
      </div>
      {reasonsByCheck(criterion).map(({ check, reasons }, place) => (
        <fieldset key={check.code} className="plain-set">
          <legend>
            {asksCheck ? <Key>{place + 1}</Key> : null} {check.text[locale]}
          </legend>
          <div className="reason-list">
            {reasons.map((reason, at) => (
              <button
                key={reason.code}
                type="button"
                className="reason"
                aria-pressed={answer.reason === reason.code}
                onClick={() => act({ step: 'reason', criterion, reason: reason.code })}
              >
                {asks && props.check === check.code ? <Key>{at + 1}</Key> : null}
                <span>{reason.text[locale]}</span>
                {reason.fabricatedConsent ? <Badge tone="bad">{t.fabricated}</Badge> : null}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
      {answer.reason === null ? <p className={fault ? 'field-fault' : 'field-hint'}>{t.chooseReason}</p> : null}
    </div>
  );
}

/** One criterion: passed or failed as a whole; its checks; where it failed, the reason and the second. */
export function CriterionCard(props: Props) {
  const { criterion, index, current, answer, act, now, fault } = props;
  const t = useTexts(inspector).judge;
  const format = useFormat();
  const { locale } = useLocale();
  const noteId = useId();
  const verdict = answer?.verdict ?? null;
  const title = criterion.title[locale];
  const choose = () => act({ step: 'choose', index });
  return (
    <section
      className={`criterion ${current ? 'current' : ''} ${verdict ?? ''} ${fault ? 'open' : ''}`}
      aria-label={title}
      data-testid={`criterion-${criterion.code}`}
      onFocus={choose}
    >
      <div className="criterion-head">
        <h3>
          <Key>{format.number(index + 1)}</Key> {title}
        </h3>
        <div className="row">
          <Button
            type={verdict === 'pass' ? 'primary' : 'default'}
            aria-pressed={verdict === 'pass'}
            icon={<Icon name="check" size={16} />}
            onClick={() => act({ step: 'pass', criterion })}
            data-testid={`pass-${criterion.code}`}
          >
            {t.pass} {current ? <KeyHint action="pass" /> : null}
          </Button>
          <Button
            danger
            type={verdict === 'fail' ? 'primary' : 'default'}
            aria-pressed={verdict === 'fail'}
            icon={<Icon name="cross" size={16} />}
            onClick={() => act({ step: 'fail', criterion, second: now() })}
            data-testid={`fail-${criterion.code}`}
          >
            {t.fail} {current ? <KeyHint action="fail" /> : null}
          </Button>
        </div>
      </div>
      {answer?.verdict === 'fail' ? <Failure {...props} answer={answer} /> : null}
      <ul className="checks" aria-label={t.checks}>
        {criterion.checks.map((check) => {
          const given = answer?.checks.find(({ check: code }) => code === check.code)?.answer ?? null;
          const badWord = given === 'fail' ? 'failed' : '';
          return (
            <li key={check.code} className={badWord}>
              <Icon name={given === 'fail' ? 'cross' : given === 'pass' ? 'check' : 'open'} size={16} />
              <span className="grow">{check.text[locale]}</span>
              {given === null ? null : <span className="muted small">{t.checkAnswers[given]}</span>}
              {check.notApplicableAllowed ? (
                <Checkbox
                  checked={given === 'not-applicable'}
                  onChange={(event) =>
                    act({ step: 'not-applicable', criterion, check: check.code, on: event.target.checked })
                  }
                >
                  {t.checkAnswers['not-applicable']}
                </Checkbox>
              ) : null}
            </li>
          );
        })}
      </ul>
      {answer?.verdict === 'fail' || (answer?.note ?? '') !== '' ? (
        <div className="field">
          <label htmlFor={noteId}>{t.note}</label>
          <Input.TextArea
            id={noteId}
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={answer?.note ?? ''}
            maxLength={2000}
            onChange={(event) => act({ step: 'note', criterion, note: event.target.value })}
          />
        </div>
      ) : null}
    </section>
  );
}
