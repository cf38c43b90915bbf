/** Texts of a Twilio-compatible carrier through the official package. */
import type { CarrierText, SendResult, TextCarrier } from '../../ports/texts.ts';
import { type CarrierAccount, webhookUrls } from './account.ts';
import { createTwilioClient } from './twilio-client.ts';
import { ask, failureOf, placeFailure } from './twilio-failures.ts';
import { textStatusOf } from './twilio-text-signals.ts';

type Resource = {
  sid: string;
  to: string;
  from: string;
  body: string;
  status: string;
  errorCode: number | null;
  dateCreated: Date;
};

/** What Twilio sets on a new number, and what any of our installations sets: both may be replaced. */
const OURS_TO_SET = /^(|https:\/\/demo\.twilio\.com\/.*|.*\/telephony\/replies(#.*)?)$/;
const LIST_LIMIT = 50;

export function createTwilioTexts(account: CarrierAccount): TextCarrier {
  const client = createTwilioClient(account);
  const urls = webhookUrls(account);

  return {
    async sendText({ textId, to, from, body }): Promise<SendResult> {
      try {
        const { sid } = await client.messages.create({ to, from, body, statusCallback: urls.text(textId) });
        return { kind: 'accepted', carrierMessageId: sid };
      } catch (error) {
        const failure = placeFailure(failureOf(error));
        switch (failure.kind) {
          case 'refused':
            return { kind: 'refused', code: failure.code };
          case 'busy':
            return { kind: 'busy', retryAfterMs: failure.retryAfterMs };
          case 'accepted':
          case 'uncertain':
            return { kind: 'uncertain' };
        }
      }
    },

    async text(carrierMessageId) {
      const asked = await ask(() => client.messages(carrierMessageId).fetch());
      if (asked.kind === 'ok') return { kind: 'ok', value: toText(asked.value) };
      return asked.cause === 'status-404' ? { kind: 'ok', value: null } : asked;
    },

    textsTo: (number, since) =>
      ask(async () => {
        // Not filtered by the day it was sent: one that is still queued has none.
        const found = await client.messages.list({ to: number, limit: LIST_LIMIT });
        return found.map(toText).filter(({ createdAt }) => createdAt >= since);
      }),

    receiveReplies: (ours) =>
      ask(async () => {
        const found = await client.incomingPhoneNumbers.list({ phoneNumber: ours, limit: 5 });
        const number = found.find(({ phoneNumber }) => phoneNumber === ours);
        if (number === undefined) return 'not-ours';
        const now = number.smsUrl ?? '';
        if (now === urls.replies) return 'here';
        if (!OURS_TO_SET.test(now)) return 'elsewhere';
        await client.incomingPhoneNumbers(number.sid).update({ smsUrl: urls.replies, smsMethod: 'POST' });
        return 'here';
      }),
  };
}

function toText(resource: Resource): CarrierText {
  return {
    carrierMessageId: resource.sid,
    to: resource.to,
    from: resource.from,
    body: resource.body,
    status: textStatusOf(resource.status) ?? 'under-way',
    code: resource.errorCode === null ? null : String(resource.errorCode),
    createdAt: resource.dateCreated.getTime(),
  };
}
