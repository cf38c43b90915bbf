/** Simulated agents hear by the pretended carrier, which knows who is on the line; the product is told by nobody but them. */
import { z } from 'zod';
import { machineTalkMs } from '../../dialer/adapters/phone-network/index.ts';
import type { Ears } from '../demo/ears.ts';
import type { Database } from '../platform/database.ts';

const planned = z.object({ plan: z.object({ fate: z.object({ kind: z.string() }) }) });

type Carrier = { url: string; accountSid: string; authToken: string };

export function createEars({ pool }: Pick<Database, 'pool'>, { url, accountSid, authToken }: Carrier): Ears {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  async function hears(attemptId: string): ReturnType<Ears['hears']> {
    const { rows } = await pool.query<{ sid: string | null }>(
      'select carrier_call_id as sid from attempt where id = $1',
      [attemptId],
    );
    const sid = rows[0]?.sid;
    if (sid === null || sid === undefined) return null;
    const answer = await fetch(`${url}/sandbox/calls/${sid}`, { headers: { authorization } });
    const { data } = planned.safeParse(answer.ok ? await answer.json() : null);
    if (data === undefined) return null;
    return data.plan.fate.kind === 'machine' ? 'machine' : 'person';
  }

  return { listenMs: machineTalkMs, hears };
}
