import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

/** The approved script of a call; whatever asks for it reads the same copy. */
export const useScript = (versionId: string | null) =>
  useQuery({
    queryKey: ['script-version', versionId],
    queryFn: ({ signal }) => api('GET /api/script-versions/:id', { params: { id: versionId ?? '' }, signal }),
    enabled: versionId !== null,
    // An approved version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
