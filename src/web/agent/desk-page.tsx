import { useEffect } from 'react';
import { agent } from '../i18n/agent/index.ts';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { Loading } from '../shared/states.tsx';
import { CallView } from './call/call-view.tsx';
import { useDesk } from './desk-provider.tsx';
import { Idle } from './idle.tsx';
import { SignedOut } from './signed-out.tsx';
import { StatusBar } from './status-bar.tsx';

/** One screen: what the agent does now decides what it shows. */
export function DeskPage() {
  const t = useTexts(agent);
  const c = useTexts(common);
  const { view } = useDesk();
  const caller = view?.call?.contactName;
  useEffect(() => {
    document.title = `${caller === undefined ? t.desk : t.announceCall(caller)} · ${c.product}`;
  }, [caller, t, c.product]);
  if (!view) return <Loading />;
  return (
    <div className="desk" data-testid="desk" data-presence={view.presence} data-activity={view.activity}>
      <h1 className="visually-hidden">{t.desk}</h1>
      <p className="visually-hidden" role="status">
        {caller === undefined ? '' : t.announceCall(caller)}
      </p>
      {view.presence === 'signed-out' && !view.call ? (
        <SignedOut today={view.today} />
      ) : (
        <>
          <StatusBar view={view} />
          {view.call ? <CallView key={view.call.attemptId} view={view} call={view.call} /> : <Idle view={view} />}
        </>
      )}
    </div>
  );
}
