import { useMutation, useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { Locale } from '../../contract/common.ts';
import type { Team } from '../../contract/organisation.ts';
import type { User } from '../../contract/users.ts';
import { api } from '../api/client.ts';
import { admin } from '../i18n/admin/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { useConfirm } from '../shared/confirm.ts';
import { differs, useAskBeforeClosing } from '../shared/unsaved.ts';
import { useOutcome } from '../shared/feedback.ts';
import { FormDialog } from '../shared/form-dialog.tsx';
import { Field } from '../shared/field.tsx';
import { RightsOf } from './rights-of.tsx';
import { type Role, roles } from './roles.ts';
import { SetPassword } from './set-password.tsx';

const ofOneCentre: readonly Role[] = ['speech-engine', 'inspector', 'supervisor', 'manager'];

/** Makes an account, or changes one. */
export function UserDialog({ user, close }: { user: User | null; close: () => void }) {
  const t = useTexts(admin).users;
  const c = useTexts(common);
  const w = useTexts(words).roles;
  const { done, refused } = useOutcome();
  const confirm = useConfirm();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [displayName, setName] = useState(user?.displayName ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'agent');
  const [locale, setLocale] = useState<Locale>(user?.locale ?? 'en');
  const [centreId, setCentre] = useState<string>(user?.centreId ?? '');
  const [teamId, setTeam] = useState<string>(user?.teamId ?? '');
  const [clientId, setClient] = useState<string>(user?.clientId ?? '');
  const [phone, setPhone] = useState(user?.phoneAddress ?? '');
  const [active, setActive] = useState(user?.active ?? true);
  const written = { username, password, displayName, role, locale, centreId, teamId, clientId, phone, active };
  const [kept] = useState(written);
  const leave = useAskBeforeClosing(differs(written, kept), close);
  const teams = useQuery({ queryKey: ['teams'], queryFn: ({ signal }) => api('GET /api/teams', { signal }) });
  const centres = useQuery({ queryKey: ['centres'], queryFn: ({ signal }) => api('GET /api/centres', { signal }) });
  const clients = useQuery({ queryKey: ['clients'], queryFn: ({ signal }) => api('GET /api/clients', { signal }) });
  const save = useMutation({
    mutationFn: async () => {
      const team = (teams.data?.items ?? []).find(({ id }) => id === teamId);
      const fields = {
        displayName: displayName.trim(),
        role,
        locale,
        teamId: team?.id ?? null,
        centreId: team?.centreId ?? (role === 'client' || centreId === '' ? null : centreId),
        clientId: role === 'client' && clientId !== '' ? clientId : null,
        phoneAddress: phone.trim() === '' ? null : phone.trim(),
      };
      if (user) await api('PATCH /api/users/:id', { params: { id: user.id }, body: { ...fields, active } });
      else await api('POST /api/users', { body: { ...fields, username, password } });
    },
    onSuccess: () => {
      close();
      return done(t.saved, 'users');
    },
    onError: refused,
  });
  /** Both end the person's sessions on the spot, also in the middle of a call's form. */
  const send = () => {
    const off = user?.active === true && !active;
    if (user === null || (!off && role === user.role)) return save.mutate();
    confirm({
      title: off ? t.switchOffTitle(user.displayName) : t.roleTitle(user.displayName, w[role]),
      consequence: off ? t.switchOffHint : t.endsSessions,
      action: off ? t.switchOffAction : c.save,
      danger: off,
      act: () => save.mutateAsync(),
    });
  };
  const ofCentre = (team: Team) => centreId === '' || team.centreId === centreId;
  /** Without them the account would come into an empty house. */
  const missing = role === 'client' ? clientId === '' : (role === 'agent' || role === 'lead') && teamId === '';
  /** A speech engine hears the recordings of one centre, the others see one centre's work. */
  const homeless = ofOneCentre.includes(role) && centreId === '' && teamId === '';
  const ready =
    !((missing || homeless) && user === null) &&
    displayName.trim() !== '' &&
    (user !== null || (/^[a-z0-9][a-z0-9._-]{1,49}$/.test(username) && password.length >= 10));
  const inTeam = role === 'agent' || role === 'lead';
  const client = (
    <Field label={t.client} hint={missing ? t.clientNeeded : undefined}>
      {(tie) => (
        <Select
          {...tie}
          className="full-width"
          value={clientId}
          options={(clients.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setClient}
        />
      )}
    </Field>
  );
  const centre = (
    <Field label={t.centre} hint={homeless ? t.centreNeeded : inTeam ? t.centreOfTeam : t.centreHint}>
      {(tie) => (
        <Select
          {...tie}
          className="full-width"
          value={centreId}
          options={[
            { value: '', label: t.allCentres, disabled: ofOneCentre.includes(role) },
            ...(centres.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(chosen) => {
            setCentre(chosen);
            setTeam('');
          }}
        />
      )}
    </Field>
  );
  /** Teams of several centres may have one name. */
  const centreOf = (team: Team) => (centres.data?.items ?? []).find(({ id }) => id === team.centreId)?.name;
  const several = (centres.data?.items ?? []).length > 1;
  const team = (
    <Field label={t.team} hint={missing ? t.teamNeeded : undefined}>
      {(tie) => (
        <Select
          {...tie}
          className="full-width"
          value={teamId}
          options={[
            { value: '', label: t.noTeam },
            ...(teams.data?.items ?? []).filter(ofCentre).map((one) => ({
              value: one.id,
              label: several ? [one.name, centreOf(one)].filter(Boolean).join(' · ') : one.name,
            })),
          ]}
          onChange={setTeam}
        />
      )}
    </Field>
  );
  return (
    <FormDialog
      title={user ? t.edit(user.displayName) : t.new}
      action={c.save}
      ready={ready}
      busy={save.isPending}
      leave={leave}
      send={send}
    >
      <div className="column">
        <Field label={t.displayName}>
          {(tie) => (
            <Input {...tie} value={displayName} maxLength={200} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={t.role}>
          {(tie) => (
            <Select
              {...tie}
              className="full-width"
              value={role}
              options={roles.map((value) => ({ value, label: w[value] }))}
              onChange={setRole}
            />
          )}
        </Field>
        {inTeam ? team : role === 'client' ? client : ofOneCentre.includes(role) ? centre : null}
        {user ? null : (
          <>
            <Field label={t.username} hint={t.usernameHint}>
              {(tie) => (
                <Input
                  {...tie}
                  autoComplete="off"
                  value={username}
                  onChange={(event) => setUsername(event.target.value)}
                />
              )}
            </Field>
            <Field label={t.password}>
              {(tie) => (
                <Input.Password
                  {...tie}
                  autoComplete="new-password"
                  value={password}
                  onChange={(event) => setPassword(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        <RightsOf role={role} />
        <details data-testid="more-of-user">
          <summary>{t.more}</summary>
          <div className="column spaced-top">
            <Field label={t.language}>
              {(tie) => (
                <Select
                  {...tie}
                  className="full-width"
                  value={locale}
                  options={(['en', 'zh'] as const).map((value) => ({ value, label: t.languages[value] }))}
                  onChange={setLocale}
                />
              )}
            </Field>
            {role !== 'client' && role !== 'administrator' && role !== 'speech-engine' ? (
              <Field label={t.phone} hint={t.phoneHint}>
                {(tie) => (
                  <Input {...tie} value={phone} maxLength={200} onChange={(event) => setPhone(event.target.value)} />
                )}
              </Field>
            ) : null}
            {role === 'client' ? null : inTeam ? centre : ofOneCentre.includes(role) ? team : centre}
            {role === 'administrator' ? team : null}
          </div>
        </details>
        {user ? (
          <>
            <Checkbox checked={active} onChange={(event) => setActive(event.target.checked)}>
              {t.switchOff}
            </Checkbox>
            <SetPassword id={user.id} name={user.displayName} />
          </>
        ) : null}
      </div>
    </FormDialog>
  );
}
