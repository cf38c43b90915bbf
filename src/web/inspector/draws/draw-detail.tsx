import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api } from '../../api/client.ts';
import { Link } from '../../app/router.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { JobUnderWay } from '../../shared/long-jobs/job-progress.tsx';
import { useLongJobs, useNoticeSoon } from '../../shared/long-jobs/queries.ts';
import { Badge, Figure, Page, Panel } from '../../shared/page.tsx';
import { PagedTable } from '../../shared/paged-table.tsx';
import { QueryView } from '../../shared/states.tsx';
import { DrawDifferences } from './draw-differences.tsx';

/** One draw: its frame, key and chances, and a button that recomputes it. */
export function DrawDetail({ id }: { id: string }) {
  const t = useTexts(inspector);
  const c = useTexts(common);
  const format = useFormat();
  const { refused, done } = useOutcome();
  const params = { id };
  const query = useQuery({
    queryKey: ['draw', id],
    queryFn: ({ signal }) => api('GET /api/draws/:id', { params, signal }),
  });
  const { newest } = useLongJobs({ kind: 'draw-check', subjectId: id });
  const noticeSoon = useNoticeSoon();
  const verify = useMutation({
    mutationFn: () => api('POST /api/draws/:id/verify', { params }),
    onMutate: noticeSoon,
    onSuccess: () => done(null, 'long-jobs'),
    onError: refused,
  });
  const busy = verify.isPending || newest?.state === 'running';
  // Whoever left meanwhile reads here what came of it.
  const verdict = busy ? null : (verify.data ?? newest?.drawCheck ?? null);
  const d = t.draws;
  return (
    <QueryView query={query}>
      {(draw) => (
        <Page
          title={d.heading(d.kinds[draw.kind], format.days(draw.from, draw.to))}
          intro={draw.campaignName}
          actions={
            <>
              <Link to="/draws">{c.back}</Link>
              <Button loading={busy} onClick={() => verify.mutate()}>
                {d.verify}
              </Button>
            </>
          }
        >
          <JobUnderWay job={newest} />
          {verdict === null ? null : <DrawDifferences check={verdict} />}
          {draw.promiseKept ? null : (
            <p className="note tone-bad" role="note">
              {d.promiseBrokenHint}
            </p>
          )}
          <Panel title={d.title} quiet>
            <div className="figures">
              <Figure label={d.columns.frame} value={format.number(draw.frameSize)} />
              <Figure label={d.columns.rate} value={format.percent(draw.rate)} />
              <Figure label={d.columns.size} value={format.number(draw.size)} />
              <Figure label={d.columns.forced} value={format.number(draw.forced)} />
              <Figure label={d.columns.inspected} value={format.number(draw.inspected)} />
            </div>
            <dl className="facts small spaced-top">
              <dt>{d.algorithm}</dt>
              <dd>{draw.algorithm}</dd>
              <dt>{d.frameHash}</dt>
              <dd>{draw.frameHash}</dd>
              <dt>{d.commitment}</dt>
              <dd>
                {draw.commitment} {draw.promiseKept ? null : <Badge tone="bad">{d.promiseBroken}</Badge>}
              </dd>
              <dt>{d.seed}</dt>
              <dd>{draw.seed ?? '–'}</dd>
            </dl>
          </Panel>
          <Panel title={d.items}>
            <PagedTable
              name={d.items}
              empty={d.none}
              queryKey={['draw', id, 'items']}
              load={(after, signal) =>
                api('GET /api/draws/:id/items', { params, query: { limit: 200, ...after }, signal })
              }
              rowKey={(item) => item.recordingId}
              columns={[
                { title: d.recording, width: 320, cell: (item) => <code className="small">{item.recordingId}</code> },
                { title: t.queue.columns.agent, width: 200, cell: (item) => item.agent.name },
                { title: d.chance, width: 120, number: true, cell: (item) => format.percent(item.probability) },
                {
                  title: d.why,
                  width: 240,
                  cell: (item) => (
                    <>
                      {word(t.reasons, item.reason)} {item.late ? <Badge tone="info">{t.reasons.late}</Badge> : null}
                    </>
                  ),
                },
              ]}
            />
          </Panel>
        </Page>
      )}
    </QueryView>
  );
}
