/**
 * The server's clock on the page. It runs on from the last time the server told, at the product's speed (1 but in
 * demonstrations), so that timers are right whatever the computer's own clock says.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';

export const aboutQuery = {
  queryKey: ['about'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api('GET /api/about', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
};

export type ServerTime = { at: number; heardAt: number };

/** Re-renders every second and answers the server's present time. */
export function useServerNow(told: ServerTime | null): number {
  const speed = useQuery(aboutQuery).data?.speed ?? 1;
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => tick((n) => n + 1), 1000);
    return () => window.clearInterval(timer);
  }, []);
  if (!told) return Date.now();
  return told.at + (performance.now() - told.heardAt) * speed;
}

/** The time told with a pushed value, kept with the moment at which it was heard. */
export function useHeardAt(at: number | undefined): ServerTime | null {
  const kept = useRef<ServerTime | null>(null);
  if (at !== undefined && kept.current?.at !== at) kept.current = { at, heardAt: performance.now() };
  return kept.current;
}
