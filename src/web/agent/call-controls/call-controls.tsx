/** Hold and transfer: what can be done now, and what is under way. */
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { AgentCall, AgentTransfer, AgentView } from '../../../contract/agent-desk.ts';
import { useMe } from '../../app/me.tsx';
import { callControl } from '../../i18n/call-control/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { Icon } from '../../shared/icons.tsx';
import { useDesk, useDeskNow } from '../desk-provider.tsx';
import { KeyHint, useKeyActions } from '../keys/agent-keys.ts';
import { TransferDialog } from './transfer-dialog.tsx';

export function CallControls({ view, call }: { view: AgentView; call: AgentCall }) {
  const t = useTexts(callControl);
  const format = useFormat();
  const now = useDeskNow();
  const { command } = useDesk();
  const [choosing, choose] = useState(false);
  const after = useAfterTransfer(call);
  const own = call.part === 'own' && call.state === 'connected' && view.activity === 'talking';
  const free = own && call.transfer === null;
  const hold = () => void command({ type: call.heldAt === null ? 'hold' : 'resume' });
  useKeyActions(free ? { hold, transfer: () => choose(true) } : {});

  const { transfer } = call;
  if (call.part === 'helping') {
    return (
      <p className="note tone-warn" role="status" data-testid="helping">
        <Icon name="info" /> {t.helping(transfer?.fromName ?? '')}
      </p>
    );
  }
  if (transfer !== null) return <Going transfer={transfer} own={own} />;
  if (!own) return null;
  return (
    <div className="call-controls">
      {after === 'stayed' ? (
        <p className="note tone-warn" role="status" data-testid="transfer-not-done">
          <Icon name="info" /> {t.notDone}
        </p>
      ) : after === null ? null : (
        <p className="note tone-info" role="status" data-testid="transfer-received">
          <Icon name="info" /> {t.received(after.from)}
        </p>
      )}
      {call.heldAt === null ? null : (
        <p className="note tone-warn" role="status" data-testid="on-hold">
          <Icon name="clock" /> {t.onHold(format.clock(now - call.heldAt))}
        </p>
      )}
      <div className="row">
        <Button onClick={hold} data-testid="hold" aria-pressed={call.heldAt !== null}>
          {call.heldAt === null ? t.hold : t.resume} <KeyHint action="hold" />
        </Button>
        <Button onClick={() => choose(true)} data-testid="transfer">
          {t.transfer} <KeyHint action="transfer" />
        </Button>
      </div>
      <TransferDialog open={choosing} close={() => choose(false)} />
    </div>
  );
}

/** A transfer that is under way, and how it can go on. */
function Going({ transfer, own }: { transfer: AgentTransfer; own: boolean }) {
  const t = useTexts(callControl);
  const { command } = useDesk();
  const { phase } = transfer;
  const complete = () => void command({ type: 'complete-transfer' });
  const cancel = () => void command({ type: 'cancel-transfer' });
  const consulting = own && phase === 'consulting';
  const canCancel = own && (phase === 'calling' || phase === 'consulting' || phase === 'returning');
  useKeyActions({ ...(consulting ? { transfer: complete } : {}), ...(canCancel ? { hold: cancel } : {}) });
  return (
    <div className="call-controls">
      <p className="note tone-info" role="status" data-testid="transfer-phase" data-phase={phase}>
        <Icon name="info" /> {t.phases[phase](transfer.to ?? t.supervisor)}
      </p>
      <div className="row">
        {consulting ? (
          <Button type="primary" onClick={complete} data-testid="complete-transfer">
            {t.complete} <KeyHint action="transfer" />
          </Button>
        ) : null}
        {canCancel ? (
          <Button onClick={cancel} data-testid="cancel-transfer">
            {t.takeBack} <KeyHint action="hold" />
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** What a transfer of this call that is over left behind, until the next one begins: the customer stayed, or came from a colleague. */
function useAfterTransfer(call: AgentCall): 'stayed' | { from: string } | null {
  const { displayName } = useMe();
  const before = useRef(call);
  const [after, set] = useState<'stayed' | { from: string } | null>(null);
  useEffect(() => {
    const { attemptId, transfer } = before.current;
    if (attemptId !== call.attemptId || call.transfer !== null) set(null);
    else if (transfer !== null && call.state === 'connected' && call.part === 'own')
      set(transfer.fromName === displayName ? 'stayed' : { from: transfer.fromName });
    before.current = call;
  }, [call, displayName]);
  return after;
}
