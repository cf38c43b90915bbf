import { queryOptions } from '@tanstack/react-query';
import type { InspectionDetail } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';

export type Order = 'deadline' | 'risk' | 'newest';

/** The reader's own queue. */
export const queueQuery = (order: Order, mine: boolean) =>
  queryOptions({
    queryKey: ['inspections', 'queue', order, mine],
    queryFn: ({ signal }) =>
      api('GET /api/inspections', { query: { limit: 200, order, waiting: true, ...(mine ? { mine } : {}) }, signal }),
    refetchInterval: 30_000,
  });

export const inspectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['inspection', id],
    queryFn: ({ signal }) => api('GET /api/inspections/:id', { params: { id }, signal }),
    staleTime: 60_000,
  });

/** Waits for a judgement by its inspector. */
export const isOpen = ({ state }: Pick<InspectionDetail, 'state'>): boolean =>
  state === 'drawn' || state === 'assigned' || state === 'opened';
