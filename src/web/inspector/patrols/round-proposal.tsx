/** The round that is due now: whom to listen to first, and a way to begin at once. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { listening } from '../../i18n/listening/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';

export function RoundProposal() {
  const t = useTexts(inspector).patrols;
  const l = useTexts(listening);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const query = useQuery({
    queryKey: ['patrols', 'proposal'],
    queryFn: ({ signal }) => api('GET /api/patrols/proposal', { signal }),
    refetchInterval: 60_000,
  });
  const listen = useMutation({
    mutationFn: (agentId: string) => api('POST /api/listening', { body: { agentId, mode: 'listen' } }),
    onSuccess: () => done(l.listen, 'listening'),
    onError: refused,
  });
  return (
    <Panel title={t.round}>
      <QueryView query={query}>
        {({ proposal }) =>
          proposal === null ? (
            <p className="muted">{t.noRound}</p>
          ) : (
            <div className="column" data-testid="round">
              <div className="row spread">
                <span>
                  {t.roundDue(
                    format.number(proposal.round),
                    format.number(proposal.rounds),
                    format.time(proposal.since),
                  )}
                </span>
                <Badge tone={proposal.done ? 'ok' : 'warn'}>{proposal.done ? t.roundDone : t.roundOpen}</Badge>
              </div>
              <ol className="line-list">
                {proposal.agents.map(({ id, name }) => (
                  <li key={id} className="row spread">
                    <span className="strong">{name}</span>
                    {may('call.listen') ? (
                      <Button
                        size="small"
                        aria-label={l.listenTo(name)}
                        loading={listen.isPending}
                        onClick={() => listen.mutate(id)}
                      >
                        {l.listen}
                      </Button>
                    ) : null}
                  </li>
                ))}
              </ol>
            </div>
          )
        }
      </QueryView>
    </Panel>
  );
}
