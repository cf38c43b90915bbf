import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { inspector } from '../../i18n/inspector/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { ListeningPanel } from '../../manager/listening/listening-panel.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { RoundProposal } from './round-proposal.tsx';

function NewNote() {
  const t = useTexts(inspector).patrols;
  const c = useTexts(common);
  const { done, refused } = useOutcome();
  const [agentId, setAgent] = useState<string | null>(null);
  const [observation, setObservation] = useState('');
  const [tone, setTone] = useState(80);
  const agents = useQuery({
    queryKey: ['users', 'agents'],
    queryFn: ({ signal }) => api('GET /api/users', { query: { role: 'agent', limit: 500 }, signal }),
  });
  const write = useMutation({
    mutationFn: (id: string) =>
      api('POST /api/patrols', { body: { agentId: id, observation: observation.trim(), marks: { tone } } }),
    onSuccess: () => {
      setObservation('');
      return done(t.saved, 'patrols');
    },
    onError: refused,
  });
  return (
    <Panel title={t.new}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          if (agentId !== null) write.mutate(agentId);
        }}
      >
        <Field label={t.agent}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              showSearch={{ optionFilterProp: 'label' }}
              value={agentId}
              options={(agents.data?.items ?? []).map((user) => ({ value: user.id, label: user.displayName }))}
              onChange={setAgent}
            />
          )}
        </Field>
        <Field label={t.observation}>
          {(tie) => (
            <Input.TextArea
              {...tie}
              rows={4}
              maxLength={4000}
              value={observation}
              onChange={(event) => setObservation(event.target.value)}
            />
          )}
        </Field>
        <NumberField label={t.tone} value={tone} min={0} max={100} change={setTone} />
        <div>
          <Button
            type="primary"
            htmlType="submit"
            disabled={agentId === null || observation.trim() === ''}
            loading={write.isPending}
          >
            {c.save}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

export default function PatrolsPage() {
  const t = useTexts(inspector).patrols;
  const format = useFormat();
  const may = useMay();
  const query = useQuery({
    queryKey: ['patrols'],
    queryFn: ({ signal }) => api('GET /api/patrols', { query: { limit: 100 }, signal }),
  });
  return (
    <Page title={t.title} intro={t.intro}>
      {may('patrol.write') ? <RoundProposal /> : null}
      <ListeningPanel />
      <div className={may('patrol.write') ? 'grid main-side' : ''}>
        <Panel title={t.title} quiet>
          <QueryView query={query}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty title={t.none} />
              ) : (
                <ul className="line-list">
                  {items.map((note) => (
                    <li key={note.id}>
                      <div className="row spread">
                        <span className="strong">{note.agent.name}</span>
                        <span className="muted small">
                          {t.by(note.by.name)} · {format.dateTime(note.at)}
                        </span>
                      </div>
                      <p className="prewrap">{note.observation}</p>
                    </li>
                  ))}
                </ul>
              )
            }
          </QueryView>
        </Panel>
        {may('patrol.write') ? <NewNote /> : null}
      </div>
    </Page>
  );
}
