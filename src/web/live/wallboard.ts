/** Live figures of all campaigns the reader may see, and progress of imports. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { WallboardMessage, WallboardPush } from '../../contract/live.ts';
import type { CampaignLive } from '../../contract/wallboard.ts';
import { endSession } from '../api/session.ts';
import { LiveConnection } from './connection.ts';
import type { LiveStatus } from './messages.ts';

export type Wallboard = {
  campaigns: ReadonlyMap<string, CampaignLive>;
  /** Until when a campaign's figures still hold, as nothing happened in it since. */
  stillAt: ReadonlyMap<string, number>;
  /** Lines read so far, by list. */
  imports: ReadonlyMap<string, number>;
  status: LiveStatus;
  tryNow: () => void;
};

export function useWallboard(): Wallboard {
  const client = useQueryClient();
  const [campaigns, setCampaigns] = useState<ReadonlyMap<string, CampaignLive>>(new Map());
  const [stillAt, setStillAt] = useState<ReadonlyMap<string, number>>(new Map());
  const [imports, setImports] = useState<ReadonlyMap<string, number>>(new Map());
  const [status, setStatus] = useState<LiveStatus>({ kind: 'idle' });
  const [connection] = useState(
    () =>
      new LiveConnection<WallboardPush, WallboardMessage>('/live/wallboard', {
        status: setStatus,
        sessionEnded: () => endSession(client),
        push: (push) => {
          if (push.type === 'live')
            setCampaigns((known) => new Map(known).set(push.campaign.campaignId, push.campaign));
          else if (push.type === 'still') setStillAt((known) => new Map(known).set(push.campaignId, push.at));
          else if (push.type === 'import-progress') setImports((known) => new Map(known).set(push.listId, push.lines));
        },
      }),
  );
  useEffect(() => {
    connection.start();
    return () => connection.stop();
  }, [connection]);
  const live = status.kind === 'live';
  useEffect(() => {
    // What was watched is forgotten with the connection.
    if (live) connection.send({ type: 'watch', campaignIds: [] }).catch(() => {});
  }, [live, connection]);
  return { campaigns, stillAt, imports, status, tryNow: connection.tryNow };
}
