/** Who is signed in. Every page learns of an ended session from here: one query, set aside by any 401. */
import { QueryClient, type QueryKey, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../contract/session.ts';
import { api, keepCsrfToken } from './client.ts';
import { ApiError } from './problem.ts';

export const sessionKey: QueryKey = ['session'];

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }) => {
    const session = await api('GET /api/session', { signal });
    keepCsrfToken(session.csrfToken);
    return session;
  },
  staleTime: 5 * 60_000,
});

/** The store of everything read from the server; a 401 anywhere ends the session on the page. */
export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => error instanceof ApiError && error.retryable && failures < 2,
      },
    },
  });
  client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') endOn401(client, event.action.error);
  });
  client.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action?.type === 'error') endOn401(client, event.action.error);
  });
  return client;
}

function endOn401(client: QueryClient, error: unknown) {
  if (error instanceof ApiError && error.status === 401 && error.code !== 'wrong-password') endSession(client);
}

export function endSession(client: QueryClient): void {
  client.setQueryData<Session>(sessionKey, (known) => (known ? { ...known, user: null } : known));
}

function useSessionChange<V>(run: (variables: V) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation<Session, Error, V>({
    mutationFn: run,
    onSuccess: (session) => {
      keepCsrfToken(session.csrfToken);
      // Nothing another person has seen may be left.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      client.setQueryData(sessionKey, session);
    },
  });
}

export const useSignIn = () =>
  useSessionChange((body: { username: string; password: string }) => api('POST /api/session', { body }));
export const useSignOut = () => useSessionChange<void>(() => api('DELETE /api/session', {}));
