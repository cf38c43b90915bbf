/** To whom, and whether to speak with them first. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { TransferWish } from '../../../contract/agent-desk.ts';
import { api } from '../../api/client.ts';
import { callControl } from '../../i18n/call-control/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useDesk } from '../desk-provider.tsx';

/** Who is free changes by the second while the dialog is open. */
const REFRESH_MS = 2_000;

export function TransferDialog({ open, close }: { open: boolean; close: () => void }) {
  const t = useTexts(callControl).dialog;
  const format = useFormat();
  const { command } = useDesk();
  const [consult, setConsult] = useState(true);
  const [number, setNumber] = useState('');
  const targets = useQuery({
    queryKey: ['transfer-targets'],
    queryFn: ({ signal }) => api('GET /api/agent/transfer-targets', { signal }),
    enabled: open,
    refetchInterval: REFRESH_MS,
  });
  const give = (to: TransferWish['to']) => {
    close();
    setNumber('');
    void command({ type: 'transfer', wish: { to, consult } });
  };
  const { agents = [], teams = [] } = targets.data ?? {};
  return (
    <Modal title={t.title} open={open} onCancel={close} footer={null} width={460} destroyOnHidden>
      <Radio.Group
        value={consult}
        onChange={(event) => setConsult(event.target.value === true)}
        aria-label={t.how}
        options={[
          { value: true, label: t.consult },
          { value: false, label: t.blind },
        ]}
      />
      <p className="muted small">{consult ? t.consultHint : t.blindHint}</p>
      <h3>{t.agents}</h3>
      {agents.length === 0 ? <p className="muted">{t.nobody}</p> : null}
      <ul className="choice-list" data-testid="transfer-agents">
        {agents.map(({ userId, name, teamName }) => (
          <li key={userId}>
            <Button block onClick={() => give({ kind: 'agent', userId })}>
              {name}
              {teamName === null ? null : <span className="muted"> · {teamName}</span>}
            </Button>
          </li>
        ))}
      </ul>
      {teams.length === 0 ? null : <h3>{t.teams}</h3>}
      <ul className="choice-list">
        {teams.map(({ teamId, name, free }) => (
          <li key={teamId}>
            <Button block onClick={() => give({ kind: 'team', teamId })}>
              {name} <span className="muted">· {t.free(format.number(free))}</span>
            </Button>
          </li>
        ))}
      </ul>
      <h3 id="transfer-number">{t.number}</h3>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() !== '') give({ kind: 'number', number: number.trim() });
        }}
      >
        <Input
          type="tel"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          aria-labelledby="transfer-number"
          placeholder={t.numberHint}
          autoComplete="off"
          maxLength={40}
        />
        <Button htmlType="submit" disabled={number.trim() === ''}>
          {t.call}
        </Button>
      </form>
    </Modal>
  );
}
