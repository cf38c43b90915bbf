import { createHash } from 'node:crypto';
import type { PhoneNetwork } from '../../../../simulation/call-plan.ts';
import type { Numbers } from './numbers-file.ts';
import type { BehaviourName, FarEndPlan } from './test-numbers.ts';
import { BEHAVIOURS, REFUSED_NUMBERS, TEST_NUMBERS } from './test-numbers.ts';

/** What the API may set on a number of the account. */
export type OwnedNumber = {
  sid: string;
  number: string;
  friendlyName: string;
  createdAt: number;
  updatedAt: number;
  settings: Record<string, string>;
};

/** Ranges that the numbering plans reserve for fiction: NANP 555-0100…0199, UK mobile 07700 900000…900999. */
const FICTION = /^(\+1[2-9]\d{2}55501\d{2}|\+447700900\d{3})$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const CLIENT = /^client:[A-Za-z0-9_.\-+@=/%]{1,121}$/;
const SIP = /^sips?:[^\s@]+@[^\s@]+$/;

/** What is shown as the account's numbers when every fiction number is owned. */
const SHOWN = ['+12025550100', '+12125550100', '+13125550100', '+447700900100'];

export const isE164 = (address: string): boolean => E164.test(address);
export const isClient = (address: string): boolean => CLIENT.test(address);
export const isSip = (address: string): boolean => SIP.test(address);

/** An id that is the same for the same number in every run, so that settings can name it. */
function numberSid(number: string): string {
  return `PN${createHash('md5').update(number).digest('hex')}`;
}

/** The account's numbers and who answers at all others. */
export class NumberBook {
  readonly file: Numbers;
  readonly #network: PhoneNetwork;
  readonly #owned = new Map<string, OwnedNumber>();
  readonly startedAt: number;

  constructor(file: Numbers, network: PhoneNetwork, startedAt: number) {
    this.file = file;
    this.#network = network;
    this.startedAt = startedAt;
    for (const number of file.owned ?? SHOWN) this.#entry(number);
  }

  /** The number's entry where the account owns it. */
  owned(number: string): OwnedNumber | undefined {
    const known = this.#owned.get(number);
    if (known) return known;
    return this.file.owned === undefined && FICTION.test(number) ? this.#entry(number) : undefined;
  }

  ownedBySid(sid: string): OwnedNumber | undefined {
    for (const one of this.#owned.values()) if (one.sid === sid) return one;
    return undefined;
  }

  allOwned(): OwnedNumber[] {
    return [...this.#owned.values()];
  }

  /** Whether a call may show this number: owned or verified. */
  mayCallFrom(number: string): boolean {
    return this.file.verified.includes(number) || this.owned(number) !== undefined;
  }

  /** The error code for a number that is refused before dialling, or null. */
  refusal(to: string): number | null {
    const fixed = REFUSED_NUMBERS[to];
    if (fixed !== undefined) return fixed;
    return this.file.blockedCountries.some((prefix) => to.startsWith(prefix)) ? 21215 : null;
  }

  /** The fixed behaviour of a number, if it has one. */
  fixed(number: string): BehaviourName | undefined {
    return this.file.people[number] ?? TEST_NUMBERS[number];
  }

  /** What will happen when this address is called. Browser and SIP phones are desks that answer at once. */
  plan(call: { to: string; at: number; ringTimeoutMs: number }): FarEndPlan {
    const named = this.fixed(call.to);
    if (named !== undefined) return BEHAVIOURS[named];
    if (call.to.startsWith('client:') || /^sips?:/.test(call.to))
      return { setupMs: 20, fate: { kind: 'desk', ringMs: 80 } };
    return this.#network.plan(call);
  }

  #entry(number: string): OwnedNumber {
    const settings: Record<string, string> = {};
    if (this.file.voiceUrl !== undefined) settings.voice_url = this.file.voiceUrl;
    if (this.file.smsUrl !== undefined) settings.sms_url = this.file.smsUrl;
    const entry: OwnedNumber = {
      sid: numberSid(number),
      number,
      friendlyName: number,
      createdAt: this.startedAt,
      updatedAt: this.startedAt,
      settings,
    };
    this.#owned.set(number, entry);
    return entry;
  }
}
