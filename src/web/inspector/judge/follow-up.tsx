import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { InspectionDetail } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { Link } from '../../app/router.tsx';
import { coaching } from '../../i18n/coaching/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Panel } from '../../shared/page.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';

/** What follows from an unqualified recording, started from here: the corrective call, and the coaching of the agent. */
export function FollowUp({ detail }: { detail: InspectionDetail }) {
  const t = useTexts(coaching).followUp;
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const [asking, ask] = useState<'note' | 'coached' | null>(null);
  const agentId = detail.agent?.id ?? null;
  const act = useMutation({
    mutationFn: async ({ id, text }: { id: string; text: string }) => {
      if (asking === 'coached')
        await api('POST /api/inspection-levels/:id/coached', { params: { id }, body: { note: text } });
      else
        await api('POST /api/patrols', {
          body: { agentId: id, attemptId: detail.conversation.attemptId, observation: text },
        });
    },
    onSuccess: () => {
      ask(null);
      return done(t.done, 'patrols', 'levels');
    },
    onError: refused,
  });
  if (detail.qualified !== false) return null;
  const dialog = asking === 'coached' ? t.coached : t.note;
  return (
    <Panel title={t.title}>
      <div className="column tight">
        <p>{detail.saleId === null ? t.noSale : t.corrective}</p>
        <div className="row">
          {detail.saleId !== null && may('sale.read') ? <Link to={`/sales/${detail.saleId}`}>{t.toSale}</Link> : null}
          {agentId !== null && may('patrol.write') ? (
            <Button onClick={() => ask('note')} data-testid="coaching-note">
              {t.note.action}
            </Button>
          ) : null}
          {agentId !== null && may('inspection.assign') ? (
            <Button onClick={() => ask('coached')} data-testid="coached">
              {t.coached.action}
            </Button>
          ) : null}
        </div>
      </div>
      <ReasonDialog
        open={asking !== null}
        title={format.named(dialog.action, detail.agent?.name ?? '')}
        hint={dialog.hint}
        label={dialog.label}
        action={dialog.action}
        busy={act.isPending}
        close={() => ask(null)}
        send={(text) => {
          if (agentId !== null) act.mutate({ id: agentId, text });
        }}
      />
    </Panel>
  );
}
