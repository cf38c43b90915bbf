import type { Next, Verb } from '../context.ts';
import { flagOf, goTo, methodOf, NEXT, numberOf } from '../context.ts';
import { elementsOf } from '../xml.ts';

/** A scripted person presses the first key so long after the prompt, and then twice a second. */
const FIRST_KEY_MS = 1_200;

/**
 * Says its prompt and listens for keys. Without input the document goes on with the next verb, unless
 * `actionOnEmptyResult` asks for the action all the same.
 */
export const gather: Verb = async (context, element): Promise<Next> => {
  const { world, call, live, run } = context;
  const timeoutMs = numberOf(element, 'timeout', 0, 600, 5) * 1_000;
  const most = numberOf(element, 'numDigits', 1, 100, Number.POSITIVE_INFINITY);
  const finish = element.attributes.finishOnKey ?? '#';
  let digits = '';
  let complete = false;
  let heard = () => {};
  const listen = (pressed: string) => {
    for (const key of pressed) {
      if (complete) return;
      if (finish !== '' && finish.includes(key)) complete = true;
      else {
        digits += key;
        complete = digits.length >= most;
      }
    }
    heard();
  };
  live.digitListeners.add(listen);
  try {
    const prompt = elementsOf(element);
    if (prompt.length > 0) {
      const next = await context.children(prompt);
      if (next.kind !== 'next') return next;
    }
    const scripted = world.numbers.file.digits[call.to];
    if (scripted !== undefined && digits === '') {
      await run.wait(FIRST_KEY_MS);
      listen(scripted);
    }
    while (!complete) {
      const before = digits;
      await run.until<void>((done) => {
        heard = () => done();
        return world.clock.after(timeoutMs, () => done());
      });
      if (digits === before && !complete) break;
    }
  } finally {
    live.digitListeners.delete(listen);
  }
  if (digits === '' && !flagOf(element, 'actionOnEmptyResult', false)) return NEXT;
  const action = element.attributes.action?.trim() || context.documentUrl;
  if (action === null) return NEXT;
  return goTo(context, action, methodOf(element), { Digits: digits });
};
