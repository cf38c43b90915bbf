import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Calibration } from '../../../contract/calibrations.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { common } from '../../i18n/common/index.ts';
import { calibrations } from '../../i18n/calibrations/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Page, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { AgreementFigures } from '../agreement/agreement-figures.tsx';

function Mine({ session }: { session: Calibration }) {
  const t = useTexts(calibrations);
  if (session.mine.length === 0) return null;
  return (
    <Panel title={t.mine}>
      <ul className="line-list">
        {session.mine.map(({ inspectionId, done }, index) => (
          <li key={inspectionId} className="row spread">
            <Link to={`/inspections/${inspectionId}`}>{t.recording(index + 1)}</Link>
            <Badge tone={done ? 'ok' : 'warn'}>{done ? t.judged : t.waiting}</Badge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Recording by recording: what each said, with what the expert said first. */
function SideBySide({ session }: { session: Calibration }) {
  const t = useTexts(calibrations);
  const w = useTexts(words).criteria;
  const format = useFormat();
  const people = [session.expert, ...session.judges];
  const rows = [...new Map(session.verdicts.map((each) => [each.recordingId, each])).values()];
  const said = (recordingId: string, by: string) => {
    const verdict = session.verdicts.find((each) => each.recordingId === recordingId && each.by === by);
    if (verdict === undefined || verdict.failed === null) return t.nothingSaid;
    return verdict.failed.length === 0 ? t.passed : format.list(verdict.failed.map((code) => word(w, code)));
  };
  return (
    <Panel title={t.sideBySide}>
      <DataTable
        rows={rows}
        rowKey={({ recordingId }) => recordingId}
        columns={[
          {
            title: t.conversation,
            head: true,
            cell: (row) => `${row.campaignName} · ${format.dateTime(row.talkStartedAt)}`,
          },
          ...people.map(({ id, name }, index) => ({
            title: index === 0 ? t.expertNamed(name) : name,
            cell: (row: (typeof rows)[number]) => said(row.recordingId, id),
          })),
        ]}
      />
    </Panel>
  );
}

function Results({ session }: { session: Calibration }) {
  const t = useTexts(calibrations);
  const [judge, choose] = useState('');
  const { result } = session;
  if (result === null) return <p className="note tone-info">{t.hidden}</p>;
  const one = result.byJudge.find(({ judgeId }) => judgeId === judge);
  return (
    <>
      <Panel title={t.against} quiet>
        <Select
          aria-label={t.against}
          value={judge}
          options={[{ value: '', label: t.all }, ...session.judges.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={choose}
        />
      </Panel>
      <AgreementFigures data={one ?? result.together} title={t.against} />
      <SideBySide session={session} />
    </>
  );
}

export function CalibrationDetail({ id }: { id: string }) {
  const t = useTexts(calibrations);
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const query = useQuery({
    queryKey: ['calibrations', id],
    queryFn: ({ signal }) => api('GET /api/calibrations/:id', { params: { id }, signal }),
  });
  const end = useMutation({
    mutationFn: () => api('POST /api/calibrations/:id/close', { params: { id } }),
    onSuccess: () => done(t.closed, 'calibrations'),
    onError: refused,
  });
  return (
    <QueryView query={query}>
      {(session) => (
        <Page
          title={session.name}
          intro={`${format.named(t.expert, session.expert.name)} · ${format.named(t.done, `${format.number(session.done)} / ${format.number(session.asked)}`)}`}
          actions={
            <>
              <Link to="/calibrations">{c.back}</Link>
              {session.closedAt === null && may('inspection.assign') ? (
                <Button
                  danger
                  loading={end.isPending}
                  onClick={() =>
                    confirm({
                      title: t.closeTitle(session.name),
                      consequence: t.closeHint(format.number(session.asked - session.done)),
                      action: t.close,
                      act: () => end.mutateAsync(),
                    })
                  }
                >
                  {t.close}
                </Button>
              ) : null}
            </>
          }
        >
          <Mine session={session} />
          <Results session={session} />
        </Page>
      )}
    </QueryView>
  );
}
