import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Centre } from '../../contract/organisation.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { useOutcome } from '../shared/feedback.ts';
import { Field } from '../shared/field.tsx';
import { Page, Panel } from '../shared/page.tsx';
import { Empty, QueryView } from '../shared/states.tsx';
import './admin.css';
import { Calendar } from './calendar.tsx';
import { CentreForm } from './centre-form.tsx';
import { Rename } from './rename.tsx';

/** A name and a button: makes one more of something. `children`: what else is asked. */
function AddByName(props: { label: string; add: (name: string) => void; busy: boolean; children?: ReactNode }) {
  const { label, add, busy, children } = props;
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
      {children}
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
  const [chosen, choose] = useState<string | null>(null);
  const centreId = chosen ?? centres[0]?.id;
  const add = useMutation({
    mutationFn: (name: string) => api('POST /api/teams', { body: { centreId: centreId ?? '', name } }),
    onSuccess: () => done(t.added, 'teams'),
    onError: refused,
  });
  return (
    <Panel title={t.teams}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.noTeam} />
          ) : (
            <ul className="line-list">
              {items.map((team) => (
                <li key={team.id} className="row spread">
                  <span>
                    <Rename
                      name={team.name}
                      reads="teams"
                      rename={(name) => api('PATCH /api/teams/:id', { params: { id: team.id }, body: { name } })}
                    />
                    {centres.length > 1 ? (
                      <span className="muted small">{centres.find(({ id }) => id === team.centreId)?.name}</span>
                    ) : null}
                  </span>
                  <span className="muted">{t.members(format.number(team.members))}</span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {centreId === undefined ? null : (
        <AddByName label={t.addTeam} busy={add.isPending} add={add.mutate}>
          {centres.length > 1 ? (
            <Field label={t.centre}>
              {(tie) => (
                <Select
                  {...tie}
                  className="centre-choice"
                  value={centreId}
                  options={centres.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={choose}
                />
              )}
            </Field>
          ) : null}
        </AddByName>
      )}
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
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.noClient} />
          ) : (
            <ul className="line-list">
              {items.map((client) => (
                <li key={client.id}>
                  <Rename
                    name={client.name}
                    reads="clients"
                    rename={(name) => api('PATCH /api/clients/:id', { params: { id: client.id }, body: { name } })}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <AddByName label={t.addClient} busy={add.isPending} add={add.mutate} />
    </Panel>
  );
}

/** One more centre: asked for only when wanted, because most houses have one. */
function NewCentre() {
  const t = useTexts(admin).organisation;
  const c = useTexts(common);
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)} data-testid="new-centre">
          {t.newCentre}
        </Button>
      </div>
    );
  return (
    <Panel
      title={t.newCentre}
      extra={
        <Button size="small" onClick={() => setOpen(false)}>
          {c.cancel}
        </Button>
      }
    >
      <CentreForm centre={null} made={() => setOpen(false)} />
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
              {items.length === 0 ? <Empty title={t.noCentre} hint={t.noCentreHint} /> : null}
              {items.map((centre) => (
                <Panel key={centre.id} title={centre.name}>
                  <CentreForm centre={centre} />
                  <Calendar centreId={centre.id} />
                </Panel>
              ))}
              <NewCentre />
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
