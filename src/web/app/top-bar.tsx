import { Button, Tooltip } from 'antd';
import { type ReactNode, Suspense, useState } from 'react';
import type { Me } from '../../contract/session.ts';
import { useSignOut } from '../api/session.ts';
import { common } from '../i18n/common/index.ts';
import { useLocale, useTexts } from '../i18n/locale.tsx';
import { words } from '../i18n/words/index.ts';
import { Icon } from '../shared/icons.tsx';
import { useLeaveGuard } from './router.tsx';
import { useAppearance } from '../theme/appearance.tsx';
import { late } from '../shared/late.ts';

/** Rarely wanted: not part of what a desk loads first. */
const OwnPassword = late(() => import('./own-password.tsx'));

export function Brand() {
  const t = useTexts(common);
  return (
    <span className="brand">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="#0a6b70" />
        <path
          d="M6 20c4 0 4-9 8-9s4 12 8 12 3-6 4-6"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
        <path d="M6 25.5h20" stroke="#8fd6d2" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      {t.product}
    </span>
  );
}

export function LanguageSwitch() {
  const t = useTexts(common);
  const { locale, setLocale } = useLocale();
  return (
    <Button
      type="text"
      aria-label={`${t.otherLanguage} – ${t.switchLanguage}`}
      lang={locale === 'en' ? 'zh-CN' : 'en'}
      onClick={() => setLocale(locale === 'en' ? 'zh' : 'en')}
      data-testid="switch-language"
    >
      {t.otherLanguage}
    </Button>
  );
}

export function AppearanceSwitch() {
  const t = useTexts(common);
  const { appearance, toggle } = useAppearance();
  const label = appearance === 'light' ? t.toDark : t.toLight;
  return (
    <Tooltip title={label}>
      <Button
        type="text"
        aria-label={label}
        icon={<Icon name={appearance === 'light' ? 'moon' : 'sun'} />}
        onClick={toggle}
        data-testid="switch-appearance"
      />
    </Tooltip>
  );
}

export function TopBar(props: { me: Me; children?: ReactNode; before?: ReactNode; after?: ReactNode }) {
  const { me, children, before, after } = props;
  const t = useTexts(common);
  const w = useTexts(words);
  const signOut = useSignOut();
  const leave = useLeaveGuard();
  const [changing, changePassword] = useState(false);
  return (
    <header className="top-bar">
      {before}
      <Brand />
      <div className="top-bar-middle">{children}</div>
      {after}
      <LanguageSwitch />
      <AppearanceSwitch />
      <button
        type="button"
        className="who"
        title={`${t.signedInAs(me.displayName)}. ${t.ownPassword.open}`}
        onClick={() => changePassword(true)}
        data-testid="own-account"
      >
        <Icon name="person" />
        <span className="who-name">
          <strong>{me.displayName}</strong> <span>{w.roles[me.role]}</span>
        </span>
      </button>
      {changing ? (
        <Suspense fallback={null}>
          <OwnPassword close={() => changePassword(false)} />
        </Suspense>
      ) : null}
      <Button
        type="text"
        aria-label={t.signOut}
        icon={<Icon name="leave" />}
        loading={signOut.isPending}
        onClick={() => leave(() => signOut.mutate())}
        data-testid="leave"
      />
    </header>
  );
}
