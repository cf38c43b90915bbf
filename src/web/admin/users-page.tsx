import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { type Role, roles } from './roles.ts';
import type { User } from '../../contract/users.ts';
import { api } from '../api/client.ts';
import { useMay } from '../app/me.tsx';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { Field } from '../shared/field.tsx';
import { Badge, Page, Panel } from '../shared/page.tsx';
import { PagedTable } from '../shared/paged-table.tsx';
import { UserDialog } from './user-dialog.tsx';

/** Accounts; leads and managers read them, administrators change them. */
export default function UsersPage() {
  const t = useTexts(admin).users;
  const c = useTexts(common);
  const w = useTexts(words).roles;
  const format = useFormat();
  const may = useMay();
  const [role, setRole] = useState<Role | ''>('');
  const [q, setQ] = useState('');
  const [edited, edit] = useState<User | 'new' | null>(null);
  const manages = may('user.manage');
  const { columns } = t;
  return (
    <Page
      title={t.title}
      intro={t.intro}
      actions={
        <div className="toolbar">
          <Field label={t.search}>
            {(tie) => (
              <Input {...tie} allowClear value={q} maxLength={100} onChange={(event) => setQ(event.target.value)} />
            )}
          </Field>
          <Field label={t.role}>
            {(tie) => (
              <Select
                {...tie}
                className="wide-select"
                value={role}
                options={[
                  { value: '' as const, label: t.allRoles },
                  ...roles.map((value) => ({ value, label: w[value] })),
                ]}
                onChange={setRole}
              />
            )}
          </Field>
          {manages ? (
            <Button type="primary" onClick={() => edit('new')} data-testid="new-user">
              {t.new}
            </Button>
          ) : null}
        </div>
      }
    >
      <Panel title={t.title} quiet>
        <PagedTable
          name={t.title}
          empty={t.none}
          queryKey={['users', 'list', role, q]}
          load={(after, signal) =>
            api('GET /api/users', {
              query: { limit: 100, ...(role === '' ? {} : { role }), ...(q === '' ? {} : { q }), ...after },
              signal,
            })
          }
          rowKey={(user) => user.id}
          columns={[
            { title: columns.name, width: 180, cell: (user) => <span className="strong">{user.displayName}</span> },
            { title: columns.username, width: 150, cell: (user) => user.username },
            { title: columns.role, width: 130, cell: (user) => w[user.role] },
            { title: columns.team, width: 130, cell: (user) => user.teamName ?? '' },
            {
              title: columns.state,
              width: 120,
              cell: (user) =>
                !user.active ? (
                  <Badge>{t.inactive}</Badge>
                ) : user.lockedUntil === null ? (
                  <Badge tone="ok">{t.active}</Badge>
                ) : (
                  <Badge tone="warn">{t.locked}</Badge>
                ),
            },
            { title: columns.joined, width: 130, cell: (user) => format.date(user.joinedAt) },
            {
              title: c.actions,
              width: 110,
              cell: (user) =>
                manages ? (
                  <Button size="small" aria-label={`${c.edit}: ${user.displayName}`} onClick={() => edit(user)}>
                    {c.edit}
                  </Button>
                ) : (
                  ''
                ),
            },
          ]}
        />
      </Panel>
      {edited === null ? null : <UserDialog user={edited === 'new' ? null : edited} close={() => edit(null)} />}
    </Page>
  );
}
