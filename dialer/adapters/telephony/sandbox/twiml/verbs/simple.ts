import type { Context, Next, Verb } from '../context.ts';
import { goTo, methodOf, NEXT, numberOf, resolveUrl, warn } from '../context.ts';
import { playMs } from '../play-length.ts';
import { sayMs, speak } from '../speech.ts';
import type { XmlElement } from '../xml.ts';
import { textOf } from '../xml.ts';

/** A loop of 0 goes on until the call ends; a day is long enough for that. */
const ENDLESS_MS = 86_400_000;

function looped(element: XmlElement, onceMs: number): number {
  const times = numberOf(element, 'loop', 0, 1_000, 1);
  return times === 0 ? ENDLESS_MS : onceMs * times;
}

export const say: Verb = async (context, element) => {
  const text = textOf(element).trim();
  if (text === '') warn(context, 13520, 'Say: no text');
  else await speak(context.world, context, looped(element, sayMs(text)));
  return NEXT;
};

export const play: Verb = async (context, element) => {
  const ms = await soundMs(context, element);
  if (ms !== null) await speak(context.world, context, looped(element, ms));
  return NEXT;
};

/** The length of a Play: its digits, or its sound. A sound that cannot be fetched is an error, and the document goes on. */
async function soundMs(context: Context, element: XmlElement): Promise<number | null> {
  const digits = element.attributes.digits;
  if (digits !== undefined) return digits.length * 500;
  const url = resolveUrl(context, textOf(element).trim());
  const ms = url === null ? null : await context.run.follow(playMs(context.world, url));
  if (ms === null) warn(context, 11200, 'Play: the sound could not be fetched');
  return ms;
}

export const pause: Verb = async (context, element) => {
  await context.run.wait(numberOf(element, 'length', 0, 86_400, 1) * 1_000);
  return NEXT;
};

/** An empty Redirect asks for the current document again. */
export const redirect: Verb = async (context, element): Promise<Next> => {
  const href = textOf(element).trim();
  const method = methodOf(element);
  if (href !== '') return goTo(context, href, method);
  if (context.documentUrl === null) return { kind: 'hang-up' };
  return goTo(context, context.documentUrl, method);
};

export const hangup: Verb = async () => ({ kind: 'hang-up' });

/** On an inbound call that is not answered it refuses with busy; anywhere else it is a plain hang-up. */
export const reject: Verb = async (context, element): Promise<Next> => {
  if (context.call.status !== 'ringing') return { kind: 'hang-up' };
  return { kind: 'hang-up', status: element.attributes.reason === 'busy' ? 'busy' : 'failed' };
};
