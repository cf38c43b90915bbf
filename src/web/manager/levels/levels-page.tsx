import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { InspectionLevel } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { QueryTable } from '../../shared/query-table.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';

const tones = { normal: 'ok', tightened: 'warn', suspended: 'bad' } as const;

/** Agents under tightened inspection or suspended from selling, and the two ways back. */
export default function LevelsPage() {
  const t = useTexts(results).levels;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const [asking, ask] = useState<{ act: 'lift' | 'coached'; level: InspectionLevel } | null>(null);
  const query = useQuery({
    queryKey: ['levels'],
    queryFn: ({ signal }) => api('GET /api/inspection-levels', { signal }),
  });
  const act = useMutation({
    mutationFn: ({ what, id, text }: { what: 'lift' | 'coached'; id: string; text: string }) =>
      what === 'lift'
        ? api('POST /api/inspection-levels/:id/lift', { params: { id }, body: { why: text } })
        : api('POST /api/inspection-levels/:id/coached', { params: { id }, body: { note: text } }),
    onSuccess: () => {
      ask(null);
      return done(t.done, 'levels');
    },
    onError: refused,
  });
  const { columns } = t;
  return (
    <Page title={t.title} intro={t.intro}>
      <Panel title={t.title} quiet>
        <QueryTable
          query={query}
          none={t.none}
          rowKey={(level) => level.agent.id}
          columns={[
            { title: columns.agent, head: true, cell: (level) => level.agent.name },
            {
              title: columns.level,
              cell: (level) => (
                <span className="row">
                  <Badge tone={tones[level.level]}>{t.levels[level.level]}</Badge>
                  {level.coachingOpen ? <Badge tone="info">{t.coachingOpen}</Badge> : null}
                </span>
              ),
            },
            { title: columns.since, nowrap: true, cell: (level) => format.date(level.since) },
            { title: columns.rate, num: true, cell: (level) => format.percent(level.rate, 0) },
            {
              title: columns.why,
              cell: (level) => (
                <>
                  {word(t.whys, level.why)}
                  {level.evidence.map(({ id }, index) => (
                    <span key={id}>
                      {' '}
                      <Link to={`/inspections/${id}`}>{t.evidence(format.number(index + 1))}</Link>
                    </span>
                  ))}
                </>
              ),
            },
            {
              title: columns.lots,
              num: true,
              cell: (level) => `${format.number(level.cleanLots)} / ${format.number(level.failedLots)}`,
            },
            {
              title: c.actions,
              num: true,
              cell: (level) => (
                <span className="row end">
                  {level.coachingOpen && may('inspection.assign') ? (
                    <Button size="small" onClick={() => ask({ act: 'coached', level })}>
                      {t.coached}
                    </Button>
                  ) : null}
                  {level.level === 'suspended' && may('level.lift') ? (
                    <Button size="small" onClick={() => ask({ act: 'lift', level })}>
                      {t.lift}
                    </Button>
                  ) : null}
                </span>
              ),
            },
          ]}
        />
      </Panel>
      <ReasonDialog
        open={asking !== null}
        title={format.named(asking?.act === 'lift' ? t.lift : t.coached, asking?.level.agent.name ?? '')}
        label={asking?.act === 'lift' ? t.liftWhy : t.coachedNote}
        action={asking?.act === 'lift' ? t.lift : t.coached}
        busy={act.isPending}
        close={() => ask(null)}
        send={(text) => {
          if (asking) act.mutate({ what: asking.act, id: asking.level.agent.id, text });
        }}
      />
    </Page>
  );
}
