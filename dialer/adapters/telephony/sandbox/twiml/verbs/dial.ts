import type { Verb } from '../context.ts';
import { goTo, methodOf, NEXT } from '../context.ts';
import { elementsOf, textOf } from '../xml.ts';
import { dialConference } from './dial-conference.ts';
import { dialLegs } from './dial-legs.ts';
import { dialQueue } from './dial-queue.ts';

/**
 * Dials a room, a queue, or other legs. With an `action` the verbs after it are never reached, except where a room
 * could not be entered because its label or its places were taken.
 */
export const dial: Verb = async (context, element) => {
  const noun = elementsOf(element)[0];
  const action = element.attributes.action?.trim();
  const after = (params: Record<string, string>) =>
    action === undefined || action === '' ? NEXT : goTo(context, action, methodOf(element), params);
  if (noun?.name === 'Conference') {
    const outcome = await dialConference(context, noun);
    if (outcome.joined) return after({ DialCallStatus: 'answered', DialBridged: 'true' });
    if ([16025, 16024, 16020].includes(outcome.refusal)) return NEXT;
    return after({ DialCallStatus: 'failed', DialBridged: 'false' });
  }
  if (noun?.name === 'Queue') return after(await dialQueue(context, element, noun));
  const number = textOf(element).trim();
  const legs = noun ? elementsOf(element) : [{ name: 'Number', attributes: {}, children: [number] }];
  return after(await dialLegs(context, element, legs));
};
