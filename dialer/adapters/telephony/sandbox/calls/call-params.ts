import type { World } from '../world.ts';
import type { Call } from './call.ts';

type Side = 'From' | 'To' | 'Caller' | 'Called';

/** The country of a number from the fiction ranges; other plans are not told apart here. */
function countryOf(address: string): string {
  if (address.startsWith('+1')) return 'US';
  if (address.startsWith('+44')) return 'GB';
  if (address.startsWith('+86')) return 'CN';
  return '';
}

function place(side: Side, address: string): Record<string, string> {
  // City, state and zip code are sent empty where they are not known; clients must take empty values.
  return { [`${side}City`]: '', [`${side}State`]: '', [`${side}Zip`]: '', [`${side}Country`]: countryOf(address) };
}

const isNumber = (address: string) => address.startsWith('+');

/** The parameters every request about a call carries. `status` is given where the callback's word differs from the resource's. */
export function callParams(world: World, call: Call, status: string = call.status): Record<string, string> {
  const params: Record<string, string> = {
    CallSid: call.sid,
    AccountSid: world.identity.accountSid,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    CallStatus: status,
    ApiVersion: '2010-04-01',
    Direction: call.direction,
  };
  if (call.parentSid !== null) params.ParentCallSid = call.parentSid;
  if (isNumber(call.from)) Object.assign(params, place('From', call.from), place('Caller', call.from));
  if (isNumber(call.to)) Object.assign(params, place('To', call.to), place('Called', call.to));
  return params;
}
