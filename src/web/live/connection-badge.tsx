import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import type { Tone } from '../shared/page.tsx';
import type { LiveStatus } from './messages.ts';

const tones: Record<LiveStatus['kind'], Tone> = {
  idle: 'plain',
  connecting: 'warn',
  live: 'ok',
  lost: 'bad',
  offline: 'bad',
  'taken-over': 'warn',
  forbidden: 'bad',
};

/** How the live connection stands, in words; while it is down, when it is tried again and a button to do so now. */
export function ConnectionBadge({ status, tryNow }: { status: LiveStatus; tryNow: () => void }) {
  const t = useTexts(common);
  const format = useFormat();
  const [, tick] = useState(0);
  const waiting = status.kind === 'lost';
  useEffect(() => {
    if (!waiting) return;
    const timer = window.setInterval(() => tick((n) => n + 1), 500);
    return () => window.clearInterval(timer);
  }, [waiting]);
  const words: Record<LiveStatus['kind'], string> = {
    idle: '',
    connecting: t.connection.connecting,
    live: t.connection.live,
    lost: t.connection.lost(
      format.number(Math.max(0, Math.ceil(((status.kind === 'lost' ? status.retryAt : 0) - Date.now()) / 1000))),
    ),
    offline: t.connection.offline,
    'taken-over': '',
    forbidden: t.forbidden.title,
  };
  const text = words[status.kind];
  if (text === '') return null;
  return (
    <span className="row connection" data-testid="connection" data-state={status.kind}>
      <span className={`badge tone-${tones[status.kind]}`}>
        <span className={`dot dot-${status.kind}`} aria-hidden="true" />
        {text}
      </span>
      {status.kind === 'lost' || status.kind === 'offline' ? (
        <Button size="small" onClick={tryNow}>
          {t.connection.tryNow}
        </Button>
      ) : null}
    </span>
  );
}
