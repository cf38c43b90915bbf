import type { Callback } from '../calls/call.ts';
import { notify } from './notify.ts';
import type { World } from '../world.ts';
import type { Params } from './params.ts';

/** Sends a callback whose answer is not used. A refused one is noted as a warning and changes nothing else. */
export function tell(world: World, callback: Callback, params: Params, callSid: string | null): void {
  void world.webhooks.send({ ...callback, params, purpose: 'callback' }).then((result) => {
    if (result.ok) return;
    notify(world, {
      callSid,
      code: result.code === 11200 ? 15003 : result.code,
      level: 'warning',
      text: result.message,
      url: callback.url,
      method: callback.method,
      params,
    });
  });
}
