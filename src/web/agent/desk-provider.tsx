/** The agent's one live connection, held above all of the agent's pages: view, state of the line, and commands. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { AgentView } from '../../contract/agent-desk.ts';
import type { AgentMessage, AgentPush } from '../../contract/live.ts';
import { endSession } from '../api/session.ts';
import { agent } from '../i18n/agent/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';
import { type ServerTime, useServerNow } from '../live/clock.tsx';
import { LiveConnection } from '../live/connection.ts';
import type { LiveStatus } from '../live/messages.ts';
import { useProblemText } from '../shared/states.tsx';
import { meanwhile } from './absence.ts';
import { useHandover } from './handover.ts';

type Bare = AgentMessage extends infer M ? (M extends { id: string } ? Omit<M, 'id'> : never) : never;

type Heard = { view: AgentView; told: ServerTime };
/** Long enough to be read by somebody who first looks at the customer. */
const toldForSeconds = 12;

type Desk = {
  view: AgentView | null;
  told: ServerTime | null;
  status: LiveStatus;
  /** Sends a command; a refusal is told to the agent and answered with false. */
  command: (message: Bare, options?: { again?: boolean }) => Promise<boolean>;
  tryNow: () => void;
  /** Takes the desk back from another window. */
  workHere: () => void;
};

const Context = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('useDesk needs a DeskProvider');
  return desk;
}

/** The server's present time; re-renders every second. */
export const useDeskNow = () => useServerNow(useDesk().told);

export function DeskProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const t = useTexts(agent);
  const say = useProblemText();
  const format = useFormat();
  const [heard, setHeard] = useState<Heard | null>(null);
  const [status, setStatus] = useState<LiveStatus>({ kind: 'idle' });
  /** What was last seen before the page was cut off, until it has told the agent what became of it. */
  const cutOff = useRef<{ since: number; seen: Heard } | null>(null);
  const [connection] = useState(
    () =>
      new LiveConnection<AgentPush, AgentMessage>('/live/agent', {
        status: setStatus,
        sessionEnded: () => endSession(client),
        push: (push) => {
          if (push.type !== 'view') return;
          // An older view that was overtaken on its way changes nothing.
          setHeard((known) =>
            known && known.view.userId === push.view.userId && known.view.version > push.view.version
              ? known
              : { view: push.view, told: { at: push.view.now, heardAt: performance.now() } },
          );
        },
      }),
  );
  useEffect(() => {
    connection.start();
    return () => connection.stop();
  }, [connection]);
  useEffect(() => {
    const { current } = cutOff;
    if (heard === null || status.kind === 'taken-over') cutOff.current = null;
    else if (status.kind === 'lost' || status.kind === 'offline' || status.kind === 'connecting')
      cutOff.current = current ?? { since: connection.heardAt, seen: heard };
    else if (status.kind === 'live' && current !== null && heard !== current.seen) {
      cutOff.current = null;
      const away = format.clock(Date.now() - current.since);
      const content = `${t.reconnected.after(away)} ${t.reconnected[meanwhile(current.seen.view, heard.view)]}`;
      void message.info({ content, duration: toldForSeconds });
    }
  }, [status, heard, connection, message, t, format]);

  useHandover({
    live: status.kind === 'live',
    waiting: status.kind === 'taken-over',
    takeOver: () => connection.start(),
  });

  const desk = useMemo<Desk>(
    () => ({
      view: heard?.view ?? null,
      told: heard?.told ?? null,
      status,
      tryNow: connection.tryNow,
      workHere: () => connection.start(),
      command: async (bare, options) => {
        try {
          await connection.send(bare, options);
          return true;
        } catch (error) {
          void message.error(say(error));
          return false;
        }
      },
    }),
    [heard, status, connection, message, say],
  );
  return <Context value={desk}>{children}</Context>;
}
