/** A5: the customer asks, a clock runs; an ordinary question is answered in five minutes, a longer one goes to the problem desk. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { AgentCall } from '../../../contract/agent-desk.ts';
import { api } from '../../api/client.ts';
import { agent } from '../../i18n/agent/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Icon } from '../../shared/icons.tsx';
import { useDeskNow } from '../desk-provider.tsx';
import { KeyHint, useKeyActions } from '../keys/agent-keys.ts';

/** With so little left the desk says how long. */
const soonMs = 60_000;

/** Whether the customer waits for an answer, as the clock beside the customer knows it. */
export function useOpenQuestion(attemptId: string): boolean {
  const { data } = useQuestions(attemptId, false);
  return data !== undefined && data.openSince !== null;
}

function useQuestions(attemptId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['questions', attemptId],
    enabled,
    queryFn: ({ signal }) => api('GET /api/agent/questions', { query: { attemptId }, signal }),
  });
}

export function Questions({ call, toDesk }: { call: AgentCall; toDesk: () => void }) {
  const t = useTexts(agent).questions;
  const format = useFormat();
  const now = useDeskNow();
  const { refused } = useOutcome();
  const kept = useQueryClient();
  const { attemptId } = call;
  const own = call.part === 'own' && call.connectedAt !== null;
  const talking = own && call.state === 'connected';
  const queryKey = ['questions', attemptId];
  const { data } = useQuestions(attemptId, own);
  const press = useMutation({
    mutationFn: (route: 'POST /api/agent/questions' | 'POST /api/agent/questions/answered') =>
      api(route, { body: { attemptId } }),
    onSuccess: (times) => kept.setQueryData(queryKey, times),
    onError: refused,
  });
  const since = data?.openSince ?? null;
  const act = () => press.mutate(since === null ? 'POST /api/agent/questions' : 'POST /api/agent/questions/answered');
  useKeyActions(talking && data !== undefined ? { question: act } : {});
  if (!own || data === undefined) return null;
  const left = since === null ? null : data.limitMs - (now - since);
  return (
    <div className="questions" data-testid="questions">
      {since === null || left === null ? null : (
        <div className={`note ${left <= 0 ? 'tone-bad' : left < soonMs ? 'tone-warn' : 'tone-info'}`}>
          <Icon name="clock" />
          <div className="grow">
            <strong data-testid="question-clock">{t.open(format.clock(Math.max(0, now - since)))}</strong>
            {left > 0 ? <p className="small">{t.left(format.clock(left))}</p> : null}
            <p className="small" role="alert">
              {left > 0 ? '' : t.over}
            </p>
          </div>
        </div>
      )}
      <div className="row">
        {talking ? (
          <Button onClick={act} loading={press.isPending} data-testid="question" aria-pressed={since !== null}>
            {since === null ? t.asked : t.answered} <KeyHint action="question" />
          </Button>
        ) : null}
        {since === null ? null : (
          <Button
            onClick={toDesk}
            type={left !== null && left <= 0 ? 'primary' : 'default'}
            data-testid="to-problem-desk"
          >
            {t.toDesk}
          </Button>
        )}
        {data.answered.length === 0 ? null : (
          <span className="muted small">{t.done(format.number(data.answered.length))}</span>
        )}
      </div>
    </div>
  );
}
