import './judge.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useMemo } from 'react';
import type { InspectionDetail } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { useMay, useMe } from '../../app/me.tsx';
import { go, Link } from '../../app/router.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Page } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { Listening } from '../player/listening.tsx';
import { soundQuery } from '../player/sound.ts';
import { Beside } from './beside.tsx';
import { inspectionQuery, isOpen, queueQuery } from './inspection-queries.ts';
import { JudgeForm, type Verdict } from './judge-form.tsx';

/** The inspection that follows in the queue, with its sound, fetched while this one is judged. */
function usePreloadNext(id: string): string | null {
  const client = useQueryClient();
  const queue = useQuery(queueQuery('deadline', true));
  const waiting = (queue.data?.items ?? []).filter((item) => isOpen(item) && item.id !== id);
  const next = waiting[0];
  const [nextId, recordingId] = [next?.id ?? null, next?.recordingId ?? null];
  useEffect(() => {
    if (nextId === null || recordingId === null) return;
    void client.prefetchQuery(inspectionQuery(nextId));
    void client.prefetchQuery(soundQuery(recordingId));
  }, [client, nextId, recordingId]);
  return nextId;
}

function Judging({ detail }: { detail: InspectionDetail }) {
  const t = useTexts(inspector);
  const format = useFormat();
  const { locale } = useLocale();
  const { message } = App.useApp();
  const { refused } = useOutcome();
  const client = useQueryClient();
  const nextId = usePreloadNext(detail.id);
  const sound = useQuery(soundQuery(detail.recordingId));
  const params = useMemo(() => ({ id: detail.id }), [detail.id]);
  const open = useMutation({ mutationFn: () => api('POST /api/inspections/:id/open', { params }) });
  const { mutate: begin } = open;
  const me = useMe();
  const may = useMay();
  const waits = isOpen(detail) || detail.state === 'expired';
  /** Others look on: a judgement is its inspector's alone to give and to correct, until another has decided a dispute of it. */
  const own = detail.assignedTo?.id === me.id;
  const decided = detail.register.some(({ entry, by }) => entry === 'decided' && by?.id !== me.id);
  const mine = waits ? isOpen(detail) && own : detail.state === 'disputed' || (own && !decided);
  const judges = may('inspection.judge') && mine;
  useEffect(() => {
    if (judges && detail.state === 'assigned') begin();
  }, [judges, detail.state, begin]);
  const mode = detail.state === 'disputed' ? 'decide' : isOpen(detail) ? 'score' : 'correct';
  const send = useMutation({
    mutationFn: ({ why, ...verdict }: Verdict) => {
      if (mode === 'score') return api('POST /api/inspections/:id/score', { params, body: verdict });
      if (mode === 'decide') return api('POST /api/inspections/:id/decide', { params, body: { ...verdict, why } });
      return api('POST /api/inspections/:id/correct', { params, body: { ...verdict, why } });
    },
    onSuccess: async (judged) => {
      if (judged.qualified === false) void message.warning(t.judge.unqualifiedNow, 4);
      else void message.success(t.judge.qualifiedNow, 2);
      client.removeQueries({ queryKey: ['inspection', detail.id] });
      void client.invalidateQueries({ queryKey: ['inspections'] });
      if (mode === 'decide') go('/disputes');
      else if (nextId !== null) go(`/inspections/${nextId}`);
      else {
        const { inspection } = await api('POST /api/inspections/next', { body: { after: detail.id } });
        go(inspection ? `/inspections/${inspection.id}` : '/inspections/done');
      }
    },
    onError: refused,
  });
  return (
    <Page
      title={detail.formContent.title[locale]}
      intro={
        <>
          <Badge tone="info">{word(t.kinds, detail.kind)}</Badge> {word(t.reasons, detail.reason)} ·{' '}
          {detail.blind || detail.agent === null ? t.queue.hiddenAgent : detail.agent.name} · {detail.campaignName} ·{' '}
          {format.dateTime(detail.talkStartedAt)}
        </>
      }
      actions={<Link to="/inspections">{t.judge.back}</Link>}
    >
      {judges ? (
        <JudgeForm
          key={detail.id}
          detail={detail}
          sound={sound.data}
          soundFailed={sound.isError}
          mode={mode}
          busy={send.isPending || send.isSuccess}
          send={send.mutate}
          beside={<Beside detail={detail} />}
        />
      ) : (
        <>
          {waits ? (
            <p className="note tone-plain">{t.judge.waitsFor(detail.assignedTo?.name ?? t.judge.nobody)}</p>
          ) : null}
          <Listening recordingId={detail.recordingId} />
          <Beside detail={detail} />
        </>
      )}
    </Page>
  );
}

export function JudgePage({ id }: { id: string }) {
  const t = useTexts(inspector).judge;
  const done = id === 'done';
  // Whoever comes back to a judgement finds what was judged in another browser meanwhile.
  const anew = { refetchOnMount: 'always', refetchOnWindowFocus: 'always' } as const;
  const query = useQuery({ ...inspectionQuery(id), ...anew, enabled: !done });
  if (done)
    return (
      <Page title={t.title}>
        <Empty title={t.allDone} hint={t.allDoneHint}>
          <Button onClick={() => go('/inspections')}>{t.back}</Button>
        </Empty>
      </Page>
    );
  return <QueryView query={query}>{(detail) => <Judging key={detail.id} detail={detail} />}</QueryView>;
}
