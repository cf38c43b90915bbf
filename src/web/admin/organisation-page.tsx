import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Centre } from '../../contract/organisation.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { useOutcome } from '../shared/feedback.ts';
import { Field } from '../shared/field.tsx';
import { Page, Panel } from '../shared/page.tsx';
import { QueryView } from '../shared/states.tsx';
import './admin.css';
import { Calendar } from './calendar.tsx';
import { CentreForm } from './centre-form.tsx';

/** A name and a button: makes one more of something. */
function AddByName({ label, add, busy }: { label: string; add: (name: string) => void; busy: boolean }) {
  const t = useTexts(admin).organisation;
  const [name, setName] = useState('');
  return (
    <form
      className="toolbar spaced-top"
      onSubmit={(event) => {
        event.preventDefault();
        add(name.trim());
        setName('');
      }}
    >
      <Field label={t.name}>
        {(tie) => <Input {...tie} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Button htmlType="submit" disabled={name.trim() === ''} loading={busy}>
        {label}
      </Button>
    </form>
  );
}

function Teams({ centres }: { centres: Centre[] }) {
  const t = useTexts(admin).organisation;
  const format = useFormat();
  const { done, refused } = useOutcome();
  const query = useQuery({ queryKey: ['teams'], queryFn: ({ signal }) => api('GET /api/teams', { signal }) });
  const [centre] = centres;
  const add = useMutation({
    mutationFn: (name: string) => api('POST /api/teams', { body: { centreId: centre?.id ?? '', name } }),
    onSuccess: () => done(t.added, 'teams'),
    onError: refused,
  });
  return (
    <Panel title={t.teams}>
      <QueryView query={query}>
        {({ items }) => (
          <ul className="line-list">
            {items.map((team) => (
              <li key={team.id} className="row spread">
                <span className="strong">{team.name}</span>
                <span className="muted">{t.members(format.number(team.members))}</span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {centre ? <AddByName label={t.addTeam} busy={add.isPending} add={add.mutate} /> : null}
    </Panel>
  );
}

function Clients() {
  const t = useTexts(admin).organisation;
  const { done, refused } = useOutcome();
  const query = useQuery({ queryKey: ['clients'], queryFn: ({ signal }) => api('GET /api/clients', { signal }) });
  const add = useMutation({
    mutationFn: (name: string) => api('POST /api/clients', { body: { name } }),
    onSuccess: () => done(t.added, 'clients'),
    onError: refused,
  });
  return (
    <Panel title={t.clients}>
      <QueryView query={query}>
        {({ items }) => (
          <ul className="line-list">
            {items.map((client) => (
              <li key={client.id} className="strong">
                {client.name}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <AddByName label={t.addClient} busy={add.isPending} add={add.mutate} />
    </Panel>
  );
}

/** Centres with their calendars, teams, clients and products. */
export default function OrganisationPage() {
  const t = useTexts(admin).organisation;
  const query = useQuery({ queryKey: ['centres'], queryFn: ({ signal }) => api('GET /api/centres', { signal }) });
  return (
    <Page title={t.title} intro={t.intro}>
      <QueryView query={query}>
        {({ items }) => (
          <div className="grid two">
            <div className="column">
              {items.map((centre) => (
                <Panel key={centre.id} title={centre.name}>
                  <CentreForm centre={centre} />
                  <Calendar centreId={centre.id} />
                </Panel>
              ))}
            </div>
            <div className="column">
              <Teams centres={items} />
              <Clients />
            </div>
          </div>
        )}
      </QueryView>
    </Page>
  );
}
