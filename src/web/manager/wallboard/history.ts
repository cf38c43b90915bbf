/**
 * The course that the wallboard's moving charts draw: what the server knows of the last half hour, then a point every few
 * seconds while the page is open, bounded.
 */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { CampaignLive, CoursePoint } from '../../../contract/wallboard.ts';
import { api } from '../../api/client.ts';

const everyMs = 4000;
const atMost = 450;

export function useHistory(live: CampaignLive): readonly CoursePoint[] {
  const { campaignId } = live;
  // Asked once: from then on the page sees for itself.
  const before = useQuery({
    queryKey: ['wallboard', campaignId, 'course'],
    queryFn: ({ signal }) => api('GET /api/wallboard/:id/course', { params: { id: campaignId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const kept = useRef<{ id: string; points: CoursePoint[] }>({ id: '', points: [] });
  if (kept.current.id !== campaignId) kept.current = { id: campaignId, points: [] };
  const { points } = kept.current;
  const last = points.at(-1);
  if (!last || live.at - last.at >= everyMs) {
    const point: CoursePoint = {
      at: live.at,
      utilization: live.talkUtilization.lastHalfHour,
      abandon: live.abandonRate.hour,
      inUse: live.lines.inUse,
      talking: live.byState.talking,
      ready: live.byState.ready,
    };
    kept.current.points = [...points.slice(1 - atMost), point];
  }
  const seen = kept.current.points;
  return useMemo(() => {
    const start = seen[0]?.at ?? 0;
    return [...(before.data?.items ?? []).filter(({ at }) => at < start), ...seen].slice(-atMost);
  }, [before.data, seen]);
}
