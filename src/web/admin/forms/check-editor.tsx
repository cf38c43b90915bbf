import { Button, Checkbox, Select } from 'antd';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { Badge } from '../../shared/page.tsx';
import { type Check, newReason, type Reason } from './draft.ts';
import { BothLanguages, CodeInput, PlaceButtons } from './editor-parts.tsx';

const asked = ['all', 'sale', 'no-sale'] as const;

type Props = {
  check: Check;
  keys: ReadonlySet<string>;
  first: boolean;
  last: boolean;
  change: (check: Check) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
};

function ReasonRow(props: { reason: Reason; fixed: boolean; change: (reason: Reason) => void; remove: () => void }) {
  const t = useTexts(forms);
  const { locale } = useLocale();
  const { reason, fixed, change, remove } = props;
  return (
    <li className={`form-reason ${reason.retired ? 'form-retired' : ''}`}>
      <div>
        <CodeInput label={t.reasons} value={reason.code} fixed={fixed} change={(code) => change({ ...reason, code })} />{' '}
        {reason.retired ? <Badge>{t.retired}</Badge> : null}
      </div>
      <BothLanguages label={t.what.reason} value={reason.text} change={(text) => change({ ...reason, text })} />
      <PlaceButtons
        name={reason.text[locale] || reason.code}
        first
        last
        remove={fixed ? null : remove}
        retired={reason.retired}
        retire={(retired) => change({ ...reason, retired })}
      />
    </li>
  );
}

/** One check: its words, whom it is asked of, and the reasons for which it fails. Folded, so that a form can be overlooked. */
export function CheckEditor({ check, keys, first, last, change, move, remove }: Props) {
  const t = useTexts(forms);
  const format = useFormat();
  const { locale } = useLocale();
  const fixed = keys.has(check.id);
  const name = check.text[locale] || check.id;
  const setReasons = (reasons: Reason[]) => change({ ...check, reasons });
  return (
    <li className={check.retired ? 'form-retired' : ''}>
      <details className="form-check" open={!fixed}>
        <summary>
          <span className="strong">{name}</span>{' '}
          <span className="muted small">{t.reasonCount(format.number(check.reasons.length))}</span>{' '}
          {check.retired ? <Badge>{t.retired}</Badge> : null}
        </summary>
        <div className="column tight">
          <div className="row spread">
            <CodeInput label={t.check} value={check.id} fixed={fixed} change={(id) => change({ ...check, id })} />
            <PlaceButtons
              name={name}
              first={first}
              last={last}
              move={move}
              remove={fixed ? null : remove}
              retired={check.retired}
              retire={(retired) => change({ ...check, retired })}
            />
          </div>
          <BothLanguages label={t.check} value={check.text} change={(text) => change({ ...check, text })} />
          <div className="row">
            <Select
              aria-label={t.whom}
              className="wide-select"
              value={check.askedOf}
              options={asked.map((value) => ({ value, label: t.askedOf[value] }))}
              onChange={(askedOf) => change({ ...check, askedOf })}
            />
            <Checkbox
              checked={check.mayNotApply}
              onChange={(event) => change({ ...check, mayNotApply: event.target.checked })}
            >
              {t.mayNotApply}
            </Checkbox>
          </div>
          <h4>{t.reasons}</h4>
          <ul className="plain-list column tight">
            {check.reasons.map((reason, index) => (
              <ReasonRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the code is being written while the reason is new.
                key={index}
                reason={reason}
                fixed={keys.has(`${check.id}/${reason.code}`)}
                change={(next) => setReasons(check.reasons.with(index, next))}
                remove={() => setReasons(check.reasons.toSpliced(index, 1))}
              />
            ))}
          </ul>
          <div>
            <Button size="small" onClick={() => setReasons([...check.reasons, newReason(check)])}>
              {t.addReason}
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}
