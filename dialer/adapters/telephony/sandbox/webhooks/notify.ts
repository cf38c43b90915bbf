import type { HttpMethod } from '../calls/call.ts';
import type { World } from '../world.ts';
import { stampNow } from '../world.ts';
import type { Params } from './params.ts';
import { formEncode } from './params.ts';

/** Writes an error or a warning to the account's debugger and to the sandbox's own log (without the request's values). */
export function notify(
  world: World,
  entry: {
    callSid: string | null;
    code: number;
    level: 'error' | 'warning';
    text: string;
    url?: string;
    method?: HttpMethod;
    params?: Params;
    body?: string;
  },
): void {
  world.notifications.add({
    callSid: entry.callSid,
    code: entry.code,
    level: entry.level,
    text: entry.text,
    requestUrl: entry.url ?? '',
    requestMethod: entry.method ?? null,
    requestVariables: entry.params ? formEncode(entry.params) : '',
    responseBody: (entry.body ?? '').slice(0, 2_000),
    at: stampNow(world),
  });
  world.log('notification', { code: entry.code, level: entry.level, callSid: entry.callSid, text: entry.text });
}
