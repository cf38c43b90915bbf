/** The lists of reasons over HTTP: everybody reads them, because calls and breaks carry their codes. */
import type { Reason, reasonRoutes } from '../../contract/reasons.ts';
import type { Handlers } from '../handler.ts';
import { type ReasonList, readReasons, writeReasons } from '../reason-lists.ts';
import type { Services } from '../services.ts';

export function reasonHandlers({ database: { client }, audit }: Services): Handlers<keyof typeof reasonRoutes> {
  const read = (list: ReasonList) => async () => ({ items: await readReasons(client, list) });
  const replace =
    (list: ReasonList) =>
    async ({ body: { items }, viewer }: { body: { items: Reason[] }; viewer: { userId: string } }) => {
      await writeReasons(client, list, items);
      await audit.record({
        actorId: viewer.userId,
        action: `${list}-changed`,
        subjectType: 'setting',
        subjectId: list,
      });
      return { items };
    };
  return {
    'GET /api/refusal-reasons': read('refusal-reasons'),
    'PUT /api/refusal-reasons': replace('refusal-reasons'),
    'GET /api/break-reasons': read('break-reasons'),
    'PUT /api/break-reasons': replace('break-reasons'),
  };
}
