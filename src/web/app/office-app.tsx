/** Frame of every desk but the agent's: menu at the side (behind a button on a phone), one page at a time. */
import { Button } from 'antd';
import { Suspense, useEffect, useState } from 'react';
import type { Me } from '../../contract/session.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { shell } from '../i18n/shell/index.ts';
import { Icon } from '../shared/icons.tsx';
import { Forbidden, Loading, NotFound } from '../shared/states.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { DueMark } from './due-mark.tsx';
import { ExceptionsMark } from './exceptions-mark.tsx';
import { JobsMark } from './jobs-mark.tsx';
import { MeProvider, useMay } from './me.tsx';
import { homes, type PageEntry, type PageGroup, pages } from './pages.ts';
import { go, Link, usePath } from './router.tsx';
import { TopBar } from './top-bar.tsx';

const groups: readonly PageGroup[] = ['dialling', 'quality', 'results', 'administration'];

const mayOpen = (me: Me, entry: PageEntry) =>
  me.rights.includes(entry.right) &&
  (entry.roles === undefined || entry.roles.includes(me.role)) &&
  !entry.notFor?.includes(me.role);

function Menu({ entries, path, close }: { entries: PageEntry[]; path: string; close: () => void }) {
  const s = useTexts(shell);
  const may = useMay();
  const shown = groups.filter((group) => entries.some((entry) => entry.group === group));
  return (
    <>
      {shown.map((group) => (
        <div key={group} className="menu-group">
          <p className="menu-group-title">{s.groups[group]}</p>
          <ul>
            {entries
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <li key={entry.path}>
                  <Link
                    to={entry.path}
                    className="menu-link"
                    aria-current={path === entry.path || path.startsWith(`${entry.path}/`) ? 'page' : undefined}
                    onClick={close}
                  >
                    {s.pages[entry.name]} {entry.name === 'queue' && may('inspection.judge') ? <DueMark /> : null}
                    {entry.name === 'exceptions' ? <ExceptionsMark /> : null}
                  </Link>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </>
  );
}

export default function OfficeApp({ me }: { me: Me }) {
  const t = useTexts(common);
  const path = usePath();
  const [open, setOpen] = useState(false);
  const entries = pages.filter((entry) => mayOpen(me, entry));
  const home = homes[me.role];
  useEffect(() => {
    if (path === '/' || path === '/desk' || path === '/my-day') go(home, { replace: true });
  }, [path, home]);

  const named = pages.filter((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
  const entry = named.find((candidate) => entries.includes(candidate));
  const id = entry ? decodeURIComponent(path.slice(entry.path.length + 1)) : '';
  return (
    <MeProvider me={me}>
      <a className="skip-link" href="#content">
        {t.skipToContent}
      </a>
      <TopBar
        me={me}
        after={<JobsMark />}
        before={
          <Button
            type="text"
            className="menu-button"
            aria-label={t.openMenu}
            aria-expanded={open}
            icon={<Icon name="menu" />}
            onClick={() => setOpen(!open)}
          />
        }
      />
      <div className="office">
        <nav className={`side-menu ${open ? 'open' : ''}`} aria-label={t.mainMenu}>
          <Menu entries={entries} path={path} close={() => setOpen(false)} />
        </nav>
        <main id="content" className="office-main" tabIndex={-1}>
          <ErrorBoundary key={entry?.path ?? path}>
            <Suspense fallback={<Loading />}>
              {entry ? (
                <entry.page id={id} />
              ) : named.length > 0 ? (
                <Forbidden />
              ) : path === '/' ? (
                <Loading />
              ) : (
                <NotFound />
              )}
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </MeProvider>
  );
}
