/** The agent's application: the desk and "my day" on one live connection. */
import './agent.css';
import './call.css';
import { Button } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import type { Me } from '../../contract/session.ts';
import { MeProvider } from '../app/me.tsx';
import { go, Link, usePath } from '../app/router.tsx';
import { TopBar } from '../app/top-bar.tsx';
import { agent } from '../i18n/agent/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { ConnectionBadge } from '../live/connection-badge.tsx';
import { Icon } from '../shared/icons.tsx';
import { KeysDialog } from '../shared/keys/keys-dialog.tsx';
import { Forbidden, Loading, StatePanel } from '../shared/states.tsx';
import { DeskPage } from './desk-page.tsx';
import { DeskProvider, useDesk } from './desk-provider.tsx';
import { KeysProvider, useKeyActions, useKeys } from './keys/agent-keys.ts';
import { late } from '../shared/late.ts';

const MyDay = late(() => import('./day/my-day.tsx'));
const SoftphonePanel = late(() => import('./softphone/softphone-panel.tsx'));

function Frame({ me }: { me: Me }) {
  const t = useTexts(agent);
  const c = useTexts(common);
  const path = usePath();
  const { status, tryNow, workHere } = useDesk();
  const keys = useKeys();
  const [keysShown, showKeys] = useState(false);
  useKeyActions({ keys: () => showKeys(true) });
  useEffect(() => {
    if (path === '/') go('/desk', { replace: true });
  }, [path]);
  const page = path === '/desk' ? <DeskPage /> : path === '/my-day' ? <MyDay /> : path === '/' ? null : <Forbidden />;
  return (
    <>
      <a className="skip-link" href="#content">
        {c.skipToContent}
      </a>
      <TopBar me={me}>
        <nav aria-label={c.mainMenu} className="agent-nav">
          <Link to="/desk" aria-current={path === '/desk' ? 'page' : undefined}>
            {t.desk}
          </Link>
          <Link to="/my-day" aria-current={path === '/my-day' ? 'page' : undefined}>
            {t.myDay}
          </Link>
        </nav>
        <span className="grow" />
        {status.kind === 'taken-over' || status.kind === 'forbidden' ? null : (
          <Suspense fallback={null}>
            <SoftphonePanel />
          </Suspense>
        )}
        <ConnectionBadge status={status} tryNow={tryNow} />
        <Button type="text" icon={<Icon name="keys" />} onClick={() => showKeys(true)} data-testid="show-keys">
          {t.actions.keys}
        </Button>
      </TopBar>
      <KeysDialog
        keys={keys}
        names={t.keys.names}
        digits={{ name: t.keys.outcome, keys: t.keys.digits }}
        open={keysShown}
        close={() => showKeys(false)}
      />
      <main id="content" className="agent-main" tabIndex={-1}>
        {status.kind === 'taken-over' ? (
          <StatePanel icon="info" title={t.takenOver.title} hint={t.takenOver.hint} alert>
            <Button type="primary" onClick={workHere} data-testid="work-here">
              {t.takenOver.here}
            </Button>
          </StatePanel>
        ) : (
          <Suspense fallback={<Loading />}>{page}</Suspense>
        )}
      </main>
    </>
  );
}

export default function AgentApp({ me }: { me: Me }) {
  return (
    <MeProvider me={me}>
      <KeysProvider>
        <DeskProvider>
          <Frame me={me} />
        </DeskProvider>
      </KeysProvider>
    </MeProvider>
  );
}
