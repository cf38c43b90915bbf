import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { type ReactNode, Suspense, useState } from 'react';
import { makeQueryClient, sessionQuery } from '../api/session.ts';
import { LocaleProvider, useLocale } from '../i18n/locale.tsx';
import { Failed, Loading } from '../shared/states.tsx';
import { antdTheme } from '../theme/antd-theme.ts';
import { AppearanceProvider, useAppearance } from '../theme/appearance.tsx';
import { useReducedMotion } from '../theme/reduced-motion.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { SignIn } from './sign-in.tsx';
import { late } from '../shared/late.ts';

const AgentApp = late(() => import('../agent/agent-app.tsx'));
const OfficeApp = late(() => import('./office-app.tsx'));

/** Bundlers hand over the locale itself, CommonJS loaders a module with `default`. */
const own = <T,>(module: T | { default: T }): T =>
  typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
const antdLocales = { en: own(enUS), zh: own(zhCN) };

function Looks({ children }: { children: ReactNode }) {
  const { appearance } = useAppearance();
  const { locale } = useLocale();
  return (
    <ConfigProvider
      theme={antdTheme(appearance, useReducedMotion())}
      locale={antdLocales[locale]}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}

/** Sign-in page, or the application of the person's role: agents have their desk, everybody else the office. */
function Doorway() {
  const session = useQuery(sessionQuery);
  if (session.isPending) return <Loading />;
  if (session.isError) return <Failed error={session.error} retry={() => void session.refetch()} />;
  const me = session.data.user;
  if (!me) return <SignIn />;
  return (
    <Suspense fallback={<Loading />}>{me.role === 'agent' ? <AgentApp me={me} /> : <OfficeApp me={me} />}</Suspense>
  );
}

export function App() {
  const [client] = useState(makeQueryClient);
  return (
    <AppearanceProvider>
      <LocaleProvider>
        <Looks>
          <ErrorBoundary>
            <QueryClientProvider client={client}>
              <Doorway />
            </QueryClientProvider>
          </ErrorBoundary>
        </Looks>
      </LocaleProvider>
    </AppearanceProvider>
  );
}
