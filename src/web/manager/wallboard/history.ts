/** What the wallboard has shown since it was opened, for the charts that move: one point every few seconds, bounded. */
import { useRef } from 'react';
import type { CampaignLive } from '../../../contract/wallboard.ts';

export type Point = {
  at: number;
  utilization: number | null;
  abandon: number | null;
  inUse: number;
  talking: number;
  ready: number;
};

const everyMs = 4000;
const atMost = 450;

export function useHistory(live: CampaignLive): readonly Point[] {
  const kept = useRef<{ id: string; points: Point[] }>({ id: '', points: [] });
  if (kept.current.id !== live.campaignId) kept.current = { id: live.campaignId, points: [] };
  const { points } = kept.current;
  const last = points.at(-1);
  if (!last || live.at - last.at >= everyMs) {
    const point: Point = {
      at: live.at,
      utilization: live.talkUtilization.lastHalfHour,
      abandon: live.abandonRate.hour,
      inUse: live.lines.inUse,
      talking: live.byState.talking,
      ready: live.byState.ready,
    };
    kept.current.points = [...points.slice(1 - atMost), point];
  }
  return kept.current.points;
}
