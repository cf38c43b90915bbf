/** TwiML documents for the plans of the engine. */
import type { Plan } from '../../ports/webhooks.ts';
import type { WebhookUrls } from './account.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const xml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const document = (inside: string): { status: number; contentType: string; body: string } => ({
  status: 200,
  contentType: 'text/xml; charset=utf-8',
  body: `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`,
});

/** A small jitter buffer and no music: every millisecond before the first word is dead air. */
const QUIET = 'beep="false" jitterBufferSize="small" waitUrl=""';

/** What the carrier is answered. Callbacks get 204, because their answer is no document. */
export function answerWith(plan: Plan, urls: WebhookUrls): { status: number; contentType: string; body: string } {
  switch (plan.do) {
    case 'join-room': {
      const conference = `<Conference ${QUIET} startConferenceOnEnter="true" endConferenceOnExit="false" participantLabel="${xml(plan.attemptId)}">${xml(plan.room)}</Conference>`;
      return document(`<Dial action="${xml(urls.after(plan.attemptId))}">${conference}</Dial>`);
    }
    case 'open-room': {
      // The room ends with its agent, so that no customer sits in it alone; its first participant fixes the callbacks.
      const callbacks = `statusCallback="${xml(urls.conference(plan.userId))}" statusCallbackEvent="join leave"`;
      const conference = `<Conference ${QUIET} startConferenceOnEnter="true" endConferenceOnExit="true" participantLabel="agent" ${callbacks}>${xml(plan.room)}</Conference>`;
      return document(`<Dial>${conference}</Dial>`);
    }
    case 'join-colleague': {
      // When the room ends, or the colleague no longer needs them, the leg asks for its own room by itself.
      const conference = `<Conference ${QUIET} startConferenceOnEnter="true" endConferenceOnExit="false" participantLabel="helper-${xml(plan.userId)}">${xml(plan.room)}</Conference>`;
      return document(`<Dial action="${xml(urls.agentLeg(plan.userId))}">${conference}</Dial>`);
    }
    case 'say':
      return document(`<Say language="${xml(plan.language)}">${xml(plan.text)}</Say><Hangup/>`);
    case 'hang-up':
      return document('<Hangup/>');
    case 'nothing':
      return { status: 204, contentType: 'text/plain', body: '' };
  }
}
