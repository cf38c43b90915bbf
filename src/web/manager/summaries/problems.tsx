import type { FigureName } from '../../../contract/calls-behind.ts';
import type { SummaryContent } from '../../../contract/summaries.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Opens } from '../../shared/behind/opens.tsx';
import { Badge, Panel } from '../../shared/page.tsx';

/** The figure that a problem of the week is about, where it is one that opens down to its calls. */
const figureOfProblem: Record<string, FigureName> = {
  'abandon-over-cap': 'abandoned',
  'recordings-missing': 'recordings-missing',
  'utilization-below-band': 'talk-time',
  'utilization-above-band': 'talk-time',
  'effective-rate-fell': 'inspected-sales',
  'connect-rate-fell': 'conversations',
  'criterion-failed': 'unqualified-sales',
  'complaints-overdue': 'complaints-overdue',
  'complaints-valid': 'complaints-valid',
  'problems-told': 'problems',
  'nothing-inspected': 'sales',
  'corrective-calls-open': 'corrective-open',
};

const tones = { info: 'info', warning: 'warn', serious: 'bad' } as const;

export function Problems({ problems }: { problems: SummaryContent['problems'] }) {
  const t = useTexts(results).summaries;
  const w = useTexts(words);
  const may = useMay();
  const format = useFormat();
  const codes: Record<string, (values: Record<string, string>) => string> = t.codes;
  const said = (code: string, values: Record<string, string | number>) => {
    const text = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? format.number(value) : name === 'criterion' ? word(w.criteria, value) : value,
      ]),
    );
    return codes[code]?.(text) ?? `${code} ${Object.values(text).join(', ')}`;
  };
  return (
    <Panel title={t.problems}>
      {problems.length === 0 ? (
        <p className="muted">{t.noProblems}</p>
      ) : (
        <ul className="line-list">
          {problems.map(({ code, severity, values, caseIds }) => (
            <li key={`${code} ${JSON.stringify(values)}`} className="row">
              <Badge tone={tones[severity]}>{t.severity[severity]}</Badge>
              <span className="grow">
                <ProblemFigure code={code} values={values}>
                  {said(code, values)}
                </ProblemFigure>
                {may('case.read')
                  ? caseIds.map((id, index) => (
                      <span key={id}>
                        {' '}
                        <Link to={`/cases/${id}`}>{t.caseLink(String(index + 1))}</Link>
                      </span>
                    ))
                  : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** A problem names a few of its cases; the figure it is about has them all behind it. */
function ProblemFigure({
  code,
  values,
  children,
}: Pick<SummaryContent['problems'][number], 'code' | 'values'> & { children: string }) {
  const figure = figureOfProblem[code];
  const { criterion } = values;
  if (figure === undefined) return <>{children}</>;
  return (
    <Opens figure={figure} {...(typeof criterion === 'string' ? { detail: criterion } : {})} count={1}>
      {children}
    </Opens>
  );
}
