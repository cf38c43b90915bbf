import './admin.css';
import { useQuery } from '@tanstack/react-query';
import type { Form } from '../../contract/forms.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useLocale, useTexts } from '../i18n/locale.tsx';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { QueryView } from '../shared/states.tsx';
import { ReasonList } from './reason-lists.tsx';

function FormPanel({ form }: { form: Form }) {
  const t = useTexts(admin).forms;
  const format = useFormat();
  const { locale } = useLocale();
  return (
    <Panel title={form.title[locale]} extra={<Badge tone="info">{t.version(format.number(form.version))}</Badge>}>
      <ol className="form-criteria">
        {form.criteria.map((criterion) => (
          <li key={criterion.code}>
            <h3>{criterion.title[locale]}</h3>
            <ul className="line-list">
              {criterion.checks.map((check) => (
                <li key={check.code}>
                  {check.text[locale]}{' '}
                  {check.notApplicableAllowed ? <span className="muted small">{t.mayNotApply}</span> : null}
                  <ul className="reason-names">
                    {criterion.reasons
                      .filter(({ code }) => code.startsWith(`${check.code}/`))
                      .map((reason) => (
                        <li key={reason.code} className="small">
                          {reason.text[locale]}{' '}
                          {reason.fabricatedConsent ? <Badge tone="bad">{t.fabricated}</Badge> : null}
                        </li>
                      ))}
                  </ul>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** By what is judged, and the reasons that people choose from. */
export default function FormsPage() {
  const t = useTexts(admin).forms;
  const query = useQuery({ queryKey: ['forms'], queryFn: ({ signal }) => api('GET /api/forms', { signal }) });
  return (
    <Page title={t.title} intro={t.intro}>
      <div className="grid main-side">
        <div className="column">
          <QueryView query={query}>
            {({ items }) => (
              <>
                {items.map((form) => (
                  <FormPanel key={`${form.id} ${form.version}`} form={form} />
                ))}
              </>
            )}
          </QueryView>
        </div>
        <div className="column">
          <ReasonList list="refusal-reasons" />
          <ReasonList list="break-reasons" />
        </div>
      </div>
    </Page>
  );
}
