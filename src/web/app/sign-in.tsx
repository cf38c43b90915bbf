import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { api } from '../api/client.ts';
import { useSignIn } from '../api/session.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { shell } from '../i18n/shell/index.ts';
import { words } from '../i18n/words/index.ts';
import { useProblemText } from '../shared/states.tsx';
import { AppearanceSwitch, Brand, LanguageSwitch } from './top-bar.tsx';

export function SignIn() {
  const t = useTexts(common);
  const s = useTexts(shell);
  const w = useTexts(words);
  const say = useProblemText();
  const ids = { name: useId(), password: useId() };
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useSignIn();
  const about = useQuery({
    queryKey: ['about'],
    queryFn: ({ signal }) => api('GET /api/about', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    document.title = `${t.signIn.title} · ${t.product}`;
  }, [t]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (username !== '' && password !== '') signIn.mutate({ username: username.trim(), password });
  };
  const demo = about.data?.demoAccounts ?? [];
  return (
    <div className="sign-in">
      <div className="sign-in-bar">
        <LanguageSwitch />
        <AppearanceSwitch />
      </div>
      <main className="sign-in-card" id="content">
        <Brand />
        <p className="sign-in-tagline">{t.tagline}</p>
        <h1 className="visually-hidden">{t.signIn.title}</h1>
        <form onSubmit={submit} className="stack">
          <label htmlFor={ids.name}>{t.signIn.username}</label>
          <Input
            id={ids.name}
            size="large"
            autoComplete="username"
            autoFocus
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
          <label htmlFor={ids.password}>{t.signIn.password}</label>
          <Input.Password
            id={ids.password}
            size="large"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          {signIn.isError ? <Alert type="error" showIcon title={say(signIn.error)} role="alert" /> : null}
          <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
            {t.signIn.submit}
          </Button>
        </form>
        {demo.length > 0 ? (
          <section className="demo-accounts" aria-label={s.demoAccounts}>
            <h2>{s.demoAccounts}</h2>
            <ul>
              {demo.map((account) => (
                <li key={account.username}>
                  <button
                    type="button"
                    className="demo-account"
                    onClick={() => {
                      setUsername(account.username);
                      setPassword(account.password);
                      signIn.mutate({ username: account.username, password: account.password });
                    }}
                  >
                    <strong>{w.roles[account.role]}</strong>
                    <span>{account.displayName}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </main>
    </div>
  );
}
