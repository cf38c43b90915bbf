import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { IntervalBar } from '../../shared/interval-bar.tsx';
import { Figure, Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';

type BandName = 'poor' | 'fair' | 'moderate' | 'good' | 'excellent';

/** Altman's words for kappa (Practical Statistics for Medical Research, 1991). */
function kappaBand(kappa: number): BandName {
  if (kappa <= 0.2) return 'poor';
  if (kappa <= 0.4) return 'fair';
  if (kappa <= 0.6) return 'moderate';
  return kappa <= 0.8 ? 'good' : 'excellent';
}

/** How far two judges agree who did not know of each other. */
export default function AgreementPage() {
  const t = useTexts(inspector).agreement;
  const w = useTexts(words);
  const format = useFormat();
  const two = (value: number | null) => (value === null ? '–' : value.toFixed(2));
  const query = useQuery({
    queryKey: ['agreement'],
    queryFn: ({ signal }) => api('GET /api/inspection-agreement', { query: {}, signal }),
  });
  return (
    <Page title={t.title} intro={t.intro}>
      <QueryView query={query}>
        {(data) =>
          data.pairs === 0 ? (
            <Empty title={t.none} hint={t.noneHint} />
          ) : (
            <>
              <Panel title={t.title} quiet>
                <div className="figures">
                  <Figure label={t.pairs} value={format.number(data.pairs)} />
                  <Figure label={t.percent} value={format.percent(data.percent)} />
                  <Figure
                    label={t.kappa}
                    value={two(data.kappa)}
                    {...(data.kappa === null ? {} : { note: t.bands[kappaBand(data.kappa)] })}
                  />
                  <Figure label={t.ac1} value={two(data.ac1)} />
                  <IntervalBar rate={data.onFailures} label={t.onFailures} />
                </div>
                <p className="figure-note">{t.hint}</p>
              </Panel>
              <Panel title={t.criterion} quiet>
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col">{t.criterion}</th>
                      <th scope="col" className="num">
                        {t.pairs}
                      </th>
                      <th scope="col" className="num">
                        {t.percent}
                      </th>
                      <th scope="col" className="num">
                        {t.kappa}
                      </th>
                      <th scope="col" className="num">
                        {t.ac1}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.byCriterion.map((row) => (
                      <tr key={row.criterion}>
                        <th scope="row">{word(w.criteria, row.criterion)}</th>
                        <td className="num">{format.number(row.pairs)}</td>
                        <td className="num">{format.percent(row.percent)}</td>
                        <td className="num">{two(row.kappa)}</td>
                        <td className="num">{two(row.ac1)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Panel>
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
