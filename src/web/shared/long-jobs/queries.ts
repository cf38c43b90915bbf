/** The own long jobs: asked for often while one runs, now and then otherwise. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LongJob, LongJobKind } from '../../../contract/long-jobs.ts';
import { api } from '../../api/client.ts';

const runningMs = 1000;
const idleMs = 10_000;

export const running = ({ state }: LongJob): boolean => state === 'running';

export const longJobsQuery = (of: { kind?: LongJobKind; subjectId?: string } = {}) =>
  queryOptions({
    queryKey: ['long-jobs', of],
    queryFn: ({ signal }) => api('GET /api/long-jobs', { query: of, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(running) ? runningMs : idleMs),
  });

/** For a request that answers only when its work is over: looks for the job it has begun. */
export function useNoticeSoon(): () => void {
  const client = useQueryClient();
  return () => {
    for (const ms of [200, 1500])
      setTimeout(() => void client.invalidateQueries({ queryKey: longJobsQuery().queryKey.slice(0, 1) }), ms);
  };
}

/** The newest of a kind, whoever left it and comes back; `ended`: keys of what is read anew once none runs any more. */
export function useLongJobs(of: { kind: LongJobKind; subjectId?: string }, ...ended: string[]) {
  const client = useQueryClient();
  const query = useQuery(longJobsQuery(of));
  const items = query.data?.items ?? [];
  const busy = items.some(running);
  const keys = ended.join(' ');
  useEffect(() => {
    if (!busy || keys === '') return;
    return () => {
      for (const key of keys.split(' ')) void client.invalidateQueries({ queryKey: [key] });
    };
  }, [busy, keys, client]);
  return { query, items, newest: items[0] };
}
