import { useQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import type { AgentView } from '../../contract/agent-desk.ts';
import { api } from '../api/client.ts';
import { agent } from '../i18n/agent/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';
import { useDesk } from './desk-provider.tsx';
import { useKeyActions } from './keys/agent-keys.ts';
import { Today } from './today.tsx';

/** Before the shift: choose a running campaign of the own team, and begin. */
export function SignedOut({ today }: { today: AgentView['today'] }) {
  const t = useTexts(agent);
  const w = useTexts(words);
  const { command, status } = useDesk();
  const [chosen, choose] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const campaigns = useQuery({
    queryKey: ['desk-campaigns'],
    queryFn: ({ signal }) => api('GET /api/agent/campaigns', { signal }),
    refetchInterval: 15_000,
  });
  const first = campaigns.data?.items[0]?.id ?? null;
  const campaignId = chosen ?? first;
  const begin = async () => {
    if (campaignId === null) return;
    setBusy(true);
    await command({ type: 'sign-in', campaignId });
    setBusy(false);
  };
  useKeyActions({ ready: () => void begin() });
  return (
    <div className="signed-out">
      <Panel title={t.signedOut.title}>
        <p className="muted">{t.signedOut.hint}</p>
        <QueryView query={campaigns}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t.signedOut.none} hint={t.signedOut.noneHint} />
            ) : (
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  void begin();
                }}
              >
                <fieldset className="plain-set campaign-choice">
                  <legend>{t.signedOut.campaign}</legend>
                  <Radio.Group value={campaignId} onChange={(event) => choose(event.target.value)}>
                    {items.map((item) => (
                      <Radio key={item.id} value={item.id} className="campaign-option">
                        <span className="strong">{item.name}</span>
                        <span className="muted small">
                          {item.clientName} · {item.product.name} · {w.modes[item.mode]}
                        </span>
                      </Radio>
                    ))}
                  </Radio.Group>
                </fieldset>
                <Button
                  type="primary"
                  size="large"
                  htmlType="submit"
                  loading={busy}
                  disabled={status.kind !== 'live'}
                  data-testid="sign-in-campaign"
                >
                  {t.signedOut.submit}
                </Button>
              </form>
            )
          }
        </QueryView>
      </Panel>
      <Today today={today} />
    </div>
  );
}
