import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '../../../contract/cases.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { histories } from '../../i18n/histories/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { work } from '../../i18n/work/index.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { CaseFlags } from './case-flags.tsx';
import { CaseStepForm } from './case-step-form.tsx';
import { Evidence } from './evidence.tsx';

/** One case: as told, what was done, and the next step. */
export function CasePage({ id }: { id: string }) {
  const t = useTexts(work).cases;
  const h = useTexts(histories).cases;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const answers = useTexts(words).results;
  /** What came of it so far: judged, why, and what the customer said at last. */
  const found = ({ valid, cause, satisfaction, rounds }: CaseDetail): [string, string][] => [
    ...(valid === null ? [] : [[t.judged, valid ? t.validYes : t.validNo] satisfies [string, string]]),
    ...(cause === null ? [] : [[t.cause, word(t.causes, cause)] satisfies [string, string]]),
    ...(satisfaction === null ? [] : [[t.steps['return-call'], answers[satisfaction]] satisfies [string, string]]),
    ...(rounds > 1 ? [[t.rounds, format.number(rounds)] satisfies [string, string]] : []),
  ];
  const inHand = ({ owner, department }: CaseDetail): [string, string][] => [
    ...(owner === null ? [] : [[t.owner, owner.name] satisfies [string, string]]),
    ...(department === '' ? [] : [[t.department, department] satisfies [string, string]]),
  ];
  const query = useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => api('GET /api/cases/:id', { params: { id }, signal }),
  });
  return (
    <QueryView query={query}>
      {(file) => (
        <Page
          title={`${t.kinds[file.kind]} ${file.number}`}
          intro={
            <span className="row">
              <Badge tone={file.state === 'closed' ? 'ok' : 'info'}>{t.states[file.state]}</Badge>
              <CaseFlags file={file} /> {file.campaignName}
            </span>
          }
          actions={<Link to="/cases">{c.back}</Link>}
        >
          <div className="grid main-side">
            <div className="column">
              <Panel title={t.words}>
                <p className="prewrap">{file.words}</p>
                <dl className="facts spaced-top">
                  <dt>{t.customer}</dt>
                  <dd>{file.customerMasked}</dd>
                  <dt>{t.channel}</dt>
                  <dd>{t.channels[file.channel]}</dd>
                  <dt>{t.columns.opened}</dt>
                  <dd>{format.dateTime(file.openedAt)}</dd>
                  {file.deadlineAt === null ? null : (
                    <div className="fact-pair">
                      <dt>{t.columns.deadline}</dt>
                      <dd>{format.dateTime(file.deadlineAt)}</dd>
                    </div>
                  )}
                  {[...inHand(file), ...found(file)].map(([name, value]) => (
                    <div key={name} className="fact-pair">
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                  {file.agent ? (
                    <div className="fact-pair">
                      <dt>{t.agent}</dt>
                      <dd>{file.agent.name}</dd>
                    </div>
                  ) : null}
                </dl>
              </Panel>
              <Evidence file={file} />
              <Panel title={t.history}>
                <ol className="line-list">
                  {file.events.map((event) => (
                    <li key={event.id}>
                      <div className="row spread">
                        <span className="strong">{word(h, event.kind)}</span>
                        <span className="muted small">
                          {event.by?.name} {format.dateTime(event.at)}
                        </span>
                      </div>
                      {event.text === '' ? null : <p className="prewrap">{event.text}</p>}
                    </li>
                  ))}
                </ol>
              </Panel>
            </div>
            {may('case.work') ? <CaseStepForm key={String(file.state === 'closed')} file={file} /> : null}
          </div>
        </Page>
      )}
    </QueryView>
  );
}
