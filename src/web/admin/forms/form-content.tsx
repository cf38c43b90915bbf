import type { FormVersion } from '../../../contract/forms.ts';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useLocale, useTexts } from '../../i18n/locale.tsx';
import { Badge, Panel } from '../../shared/page.tsx';

/** By which reason an agent is suspended: the page marks it, the server holds versions to it. */
const fabricated = 'consent-made-up';

/** One version to read: criteria, what is checked, and why a check can fail. */
export function FormContent({ version }: { version: FormVersion }) {
  const t = useTexts(forms);
  const format = useFormat();
  const { locale } = useLocale();
  return (
    <div className="form-columns">
      {version.criteria.map((criterion) => (
        <Panel
          key={criterion.id}
          title={criterion.title[locale]}
          extra={
            <Badge tone={criterion.fatal ? 'bad' : 'info'}>
              {criterion.fatal ? t.fatal : t.weight(format.number(criterion.weight))}
            </Badge>
          }
        >
          <ul className="line-list">
            {criterion.checks.map((check) => (
              <li key={check.id} className={check.retired ? 'form-retired' : ''}>
                <span className="strong">{check.text[locale]}</span> {check.retired ? <Badge>{t.retired}</Badge> : null}
                <span className="muted small">
                  {check.askedOf === 'all' ? '' : ` · ${t.askedOf[check.askedOf]}`}
                  {check.mayNotApply ? ` · ${t.mayNotApply}` : ''}
                </span>
                <ul className="reason-names">
                  {check.reasons.map((reason) => (
                    <li key={reason.code} className={`small ${reason.retired ? 'form-retired' : ''}`}>
                      {reason.text[locale]} {reason.retired ? <Badge>{t.retired}</Badge> : null}
                      {reason.code === fabricated ? <Badge tone="bad">{t.fabricated}</Badge> : null}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}
