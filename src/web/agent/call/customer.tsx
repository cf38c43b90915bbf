import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { AgentCall, AgentView, DeskCampaign } from '../../../contract/agent-desk.ts';
import { agent } from '../../i18n/agent/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import type { ChangeDraft } from './draft.ts';
import { Questions } from './questions.tsx';
import { Icon } from '../../shared/icons.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { useDesk, useDeskNow } from '../desk-provider.tsx';
import { CallControls } from '../call-controls/call-controls.tsx';
import { KeyHint, useKeyActions } from '../keys/agent-keys.ts';

function CallActions({ view, call }: { view: AgentView; call: AgentCall }) {
  const t = useTexts(agent);
  const { command } = useDesk();
  const [skipping, setSkipping] = useState(false);
  const preview = call.state === 'preview';
  const live =
    call.part === 'own' && (call.state === 'connected' || call.state === 'dialling' || call.state === 'ringing');
  const accept = () => void command({ type: 'accept-preview' });
  const hangUp = () => void command({ type: 'hang-up' });
  useKeyActions({ ...(preview ? { accept, skip: () => setSkipping(true) } : {}), ...(live ? { hangUp } : {}) });
  if (preview)
    return (
      <div className="row">
        <Button type="primary" icon={<Icon name="phone" />} onClick={accept} data-testid="accept-preview">
          {t.actions.accept} <KeyHint action="accept" />
        </Button>
        <Button onClick={() => setSkipping(true)}>
          {t.actions.skip} <KeyHint action="skip" />
        </Button>
        <Modal title={t.skipDialog.title} open={skipping} onCancel={() => setSkipping(false)} footer={null} width={380}>
          <ul className="choice-list">
            {t.skipDialog.reasons.map((reason) => (
              <li key={reason}>
                <Button
                  block
                  onClick={() => {
                    setSkipping(false);
                    void command({ type: 'skip-preview', reason });
                  }}
                >
                  {reason}
                </Button>
              </li>
            ))}
          </ul>
        </Modal>
      </div>
    );
  if (!live || view.activity === 'wrap-up') return null;
  return (
    <Button danger type="primary" icon={<Icon name="hangUp" />} onClick={hangUp} data-testid="hang-up">
      {t.actions.hangUp} <KeyHint action="hangUp" />
    </Button>
  );
}

/** Who is on the line, what the list says of them, and what was between us before. */
export function Customer(props: {
  view: AgentView;
  call: AgentCall;
  campaign: DeskCampaign | null;
  change: ChangeDraft;
}) {
  const { view, call, campaign } = props;
  const t = useTexts(agent);
  const w = useTexts(words);
  const format = useFormat();
  const now = useDeskNow();
  const talk = call.connectedAt === null ? null : (call.endedAt ?? now) - call.connectedAt;
  const attributes = Object.entries(call.attributes);
  const task: Record<string, string> = t.call.task;
  const before = call.history.find(({ disposition }) => disposition !== null)?.disposition;
  const taskHint = call.origin
    ? task[call.origin.kind]
    : before === 'appointment'
      ? t.call.task.appointment
      : undefined;
  return (
    <Panel title={t.call.customer} className="customer" quiet>
      <div className="row spread">
        <Badge tone={call.state === 'connected' ? 'ok' : call.state === 'ended' ? 'plain' : 'info'}>
          {t.call.states[call.state]}
        </Badge>
        {talk === null ? null : (
          <span className="talk-clock" data-testid="talk-clock">
            {t.timers.talk} <strong>{format.clock(talk)}</strong>
          </span>
        )}
      </div>
      <p className="customer-name" data-testid="customer-name">
        {call.contactName === '' ? t.call.noName : call.contactName}
      </p>
      <p className="muted">
        {call.numberMasked}
        {call.region === '' ? '' : ` · ${call.region}`}
      </p>
      {call.note === null ? null : (
        <p className="note tone-info" role="status">
          <Icon name="info" /> {word(t.call.notes, call.note)}
        </p>
      )}
      {taskHint === undefined ? null : (
        <p className="note tone-warn" data-testid="call-task">
          <Icon name="flag" />
          {taskHint}
        </p>
      )}
      <div className="customer-acts">
        <CallActions view={view} call={call} />
        <CallControls view={view} call={call} />
        <Questions call={call} toDesk={() => props.change({ kind: 'question' })} />
      </div>
      {campaign === null ? null : (
        <div className="product-box">
          <h3>{campaign.product.name}</h3>
          <p className="small prewrap">{campaign.product.tariffText}</p>
          {campaign.product.trialDays > 0 ? (
            <Badge tone="info">{t.script.trial(format.number(campaign.product.trialDays))}</Badge>
          ) : null}
        </div>
      )}
      {attributes.length > 0 ? (
        <>
          <h3>{t.call.attributes}</h3>
          <dl className="facts small">
            {attributes.map(([name, value]) => (
              <div key={name} className="fact-pair">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
      <h3>{t.call.history}</h3>
      {call.history.length === 0 ? (
        <p className="muted small">{t.call.noHistory}</p>
      ) : (
        <ul className="line-list small">
          {call.history.map((past) => (
            <li key={past.at} className="row spread">
              <div>
                {past.disposition ? word(w.dispositions, past.disposition) : word(w.outcomes, past.outcome)}
                {past.agentIsMe ? <span className="muted"> · {t.call.byMe}</span> : null}
                {[past.words, past.note]
                  .filter((said) => said !== '')
                  .map((said) => (
                    <p key={said} className="prewrap">
                      {said}
                    </p>
                  ))}
              </div>
              <span className="muted nowrap">{format.moment(past.at)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
