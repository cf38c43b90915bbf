import { hashText } from '../chance.ts';
import { newSid } from '../ids.ts';
import { fetchDocument } from '../twiml/fetch-document.ts';
import { elementsOf, textOf } from '../twiml/xml.ts';
import { notify } from '../webhooks/notify.ts';
import { tell } from '../webhooks/tell.ts';
import type { World } from '../world.ts';
import type { Message, MessageStatus } from './message.ts';

/** A message is on its way, and there, so long after it was taken: assumptions of the sandbox. */
const SENT_MS = 400;
const DELIVERED_MS = 1_500;
/** Whoever has no script answers in this time, seven of ten with yes, one with no, two not at all. */
const REPLY_MS = { least: 8_000, spread: 50_000 };

function step(world: World, message: Message, status: MessageStatus): void {
  message.status = status;
  message.updatedAt = world.clock.now();
  if (status === 'sent') message.sentAt = message.updatedAt;
  if (message.callback) tell(world, message.callback, messageParams(world, message), null);
}

function messageParams(world: World, message: Message): Record<string, string> {
  const params: Record<string, string> = {
    MessageSid: message.sid,
    SmsSid: message.sid,
    MessageStatus: message.status,
    SmsStatus: message.status,
    AccountSid: world.identity.accountSid,
    To: message.to,
    From: message.from ?? '',
    ApiVersion: '2010-04-01',
  };
  if (message.messagingServiceSid) params.MessagingServiceSid = message.messagingServiceSid;
  if (message.errorCode !== null) params.ErrorCode = String(message.errorCode);
  return params;
}

/** Sends a message: sent, delivered (or not, where the number does not exist), and perhaps a reply. */
export function sendMessage(world: World, message: Message): void {
  world.messages.add(message);
  world.clock.after(SENT_MS, () => step(world, message, 'sent'));
  world.clock.after(DELIVERED_MS, () => {
    if (world.numbers.fixed(message.to) === 'invalid') {
      // Unreachable or unknown destination handset, in the carrier's error dictionary.
      message.errorCode = 30003;
      step(world, message, 'undelivered');
      return;
    }
    step(world, message, 'delivered');
    const reply = replyTo(world, message);
    if (reply) world.clock.after(reply.afterMs, () => void receive(world, message, reply.body));
  });
}

function replyTo(world: World, message: Message): { body: string; afterMs: number } | null {
  const script = world.numbers.file.replies[message.to];
  if (script !== undefined)
    return script.find((one) => one.match === undefined || message.body.includes(one.match)) ?? null;
  const word = hashText(`${message.to} ${message.body.length} ${world.seed}`);
  const mood = word % 10;
  if (mood > 7) return null;
  return { body: mood === 7 ? 'NO' : 'YES', afterMs: REPLY_MS.least + ((word >>> 8) % REPLY_MS.spread) };
}

/** A text from a customer to one of the account's numbers goes to its `sms_url`; a `<Message>` in the answer is sent. */
async function receive(world: World, original: { to: string; from: string | null }, body: string): Promise<void> {
  const number = original.from === null ? undefined : world.numbers.owned(original.from);
  const now = world.clock.now();
  const message: Message = {
    sid: newSid('SM'),
    direction: 'inbound',
    to: original.from ?? '',
    from: original.to,
    messagingServiceSid: null,
    body,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
    callback: null,
    status: 'received',
    errorCode: null,
  };
  world.messages.add(message);
  const url = number?.settings.sms_url;
  if (!url) return;
  const method = number.settings.sms_method === 'GET' ? 'GET' : 'POST';
  const params = {
    ...messageParams(world, message),
    Body: body,
    NumMedia: '0',
    NumSegments: String(segments(body)),
    FromCity: '',
    FromState: '',
    FromZip: '',
    FromCountry: original.to.startsWith('+44') ? 'GB' : 'US',
  };
  const answer = await world.webhooks.send({ url, method, params, purpose: 'document' });
  if (!answer.ok) {
    notify(world, { callSid: null, code: answer.code, level: 'error', text: answer.message, url, method, params });
    return;
  }
  if (answer.body.trim() !== '') await respond(world, message, answer.body);
}

async function respond(world: World, inbound: Message, twiml: string): Promise<void> {
  const read = await fetchDocument(world, { kind: 'inline', twiml }, {});
  if (!read.ok) return;
  for (const element of elementsOf(read.root)) {
    if (element.name !== 'Message') continue;
    const now = world.clock.now();
    sendMessage(world, {
      ...inbound,
      sid: newSid('SM'),
      direction: 'outbound-api',
      to: inbound.from ?? '',
      from: inbound.to,
      body: textOf(element).trim(),
      createdAt: now,
      updatedAt: now,
      sentAt: null,
      status: 'queued',
    });
  }
}

/** Segments of a text: 160 characters of the GSM alphabet, else 70 of UCS-2; 153 and 67 where there are several. */
export function segments(body: string): number {
  const wide = [...body].some((character) => (character.codePointAt(0) ?? 0) > 0xff);
  const [one, many] = wide ? [70, 67] : [160, 153];
  return body.length <= one ? 1 : Math.ceil(body.length / many);
}
