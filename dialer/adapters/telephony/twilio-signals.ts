/** Form parameters of the carrier's webhooks as messages of the engine. Whatever is sent, nothing here throws. */
import type { CarrierMessage, RawWebhook, WebhookCodec } from '../../ports/webhooks.ts';
import { userOfBrowser } from '../../rules/browser-phone.ts';
import type { CallSignal, CarrierEnd, Detection, EndTold } from '../../rules/call.ts';
import { type CarrierAccount, providers, webhookUrls } from './account.ts';
import { isSigned, type Params, readParams } from './signature.ts';
import { answerWith } from './twiml.ts';
import { lengthOf, msOf } from './twilio-times.ts';
import { textReceived, textStatus } from './twilio-text-signals.ts';

/** What the carrier asks and tells, by the last word of its address before the id. */
export const webhookKinds = [
  'customer',
  'status',
  'amd',
  'recording',
  'after',
  'guest-status',
  'listener-status',
  'agent-leg',
  'helper-leg',
  'agent-status',
  'conference',
  'text',
] as const;
const PATH = new RegExp(`^/telephony/(${webhookKinds.join('|')})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`);
const REPLIES = '/telephony/replies';

/** The voice URL of the application through which browsers call; whose browser it is stands in the form. */
const BROWSER = '/telephony/browser';
const ATTEMPT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const ends: Record<string, CarrierEnd> = {
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};
const steps: Record<string, 'initiated' | 'ringing' | 'answered'> = {
  queued: 'initiated',
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
};

const LARGEST = 2_147_483_647;
const numberOf = (text: string): number | null => {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value <= LARGEST ? value : null;
};

/** `machine_start`, `machine_end_beep` …: all are machines. What is not known is treated as a person. */
export function detectionOf(answeredBy: string): Detection | null {
  if (answeredBy === '') return null;
  if (answeredBy.startsWith('machine')) return 'machine';
  return answeredBy === 'human' || answeredBy === 'fax' ? answeredBy : 'unknown';
}

/** How a call resource's status says that a call ended; null: it goes on, or the word is not known. */
export const endOf = (status: string): CarrierEnd | null => ends[status] ?? null;

function callSignal(attemptId: string, get: (name: string) => string): CarrierMessage {
  const carrierCallId = get('CallSid');
  const status = get('CallStatus');
  const sequence = numberOf(get('SequenceNumber'));
  if (carrierCallId === '') return { kind: 'nothing' };
  const how = ends[status];
  const step = steps[status];
  let signal: CallSignal;
  if (how !== undefined) {
    const told: EndTold = {
      lastedMs: lengthOf(get('CallDuration')),
      endedAt: msOf(get('Timestamp')),
      detection: detectionOf(get('AnsweredBy')),
    };
    signal = { kind: 'over', how, sequence, carrierCallId, networkCode: numberOf(get('SipResponseCode')), told };
  } else if (step !== undefined) signal = { kind: 'progress', step, sequence, carrierCallId };
  else return { kind: 'nothing' };
  return { kind: 'call-signal', attemptId, signal };
}

function recording(attemptId: string, get: (name: string) => string): CarrierMessage {
  const status = get('RecordingStatus');
  if (status !== 'completed' && status !== 'absent') return { kind: 'nothing' };
  const seconds = numberOf(get('RecordingDuration'));
  return {
    kind: 'recording',
    attemptId,
    recordingId: get('RecordingSid'),
    url: get('RecordingUrl'),
    state: status,
    durationMs: seconds === null ? null : seconds * 1000,
    channels: numberOf(get('RecordingChannels')),
  };
}

/** Why a leg is no longer in a room. A provider that gives no reason means the ordinary one. */
function leaving(reason: string): 'left' | 'moved' | 'ended' {
  if (reason === 'participant_updated_via_api') return 'moved';
  return reason === 'moderator_ended_conference' || reason === 'conference_ended_via_api' ? 'ended' : 'left';
}

/** Who sits in a room besides its agent and its customer. */
const VISITOR = /^(helper|guest)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function room(userId: string, get: (name: string) => string): CarrierMessage {
  const event = get('StatusCallbackEvent');
  const left = event === 'participant-leave' ? leaving(get('ReasonParticipantLeft')) : null;
  const what = event === 'participant-join' ? 'joined' : left;
  const legId = get('CallSid');
  const label = get('ParticipantLabel');
  if (what === null || legId === '') return { kind: 'nothing' };
  const [, role, id] = VISITOR.exec(label) ?? [];
  if (id !== undefined) return { kind: 'visitor', role: role === 'helper' ? 'helper' : 'guest', id, what, legId };
  if (label !== 'agent' && !ATTEMPT.test(label)) return { kind: 'nothing' };
  return { kind: 'room', userId, room: get('FriendlyName'), what, legId, label };
}

/** The first value of a parameter, or ''. No text of the database can hold a zero character. */
const reader =
  (params: Params) =>
  (name: string): string =>
    (params.get(name)?.[0] ?? '').replaceAll('\0', '');

/** What a request to one of our paths says; `id` is the attempt's or the agent's. */
export function messageOf(path: string, id: string, params: Params): CarrierMessage {
  const get = reader(params);
  const carrierCallId = get('CallSid');
  switch (path) {
    case 'customer':
      return carrierCallId === ''
        ? { kind: 'nothing' }
        : { kind: 'customer-answered', attemptId: id, carrierCallId, detection: detectionOf(get('AnsweredBy')) };
    case 'status':
      return callSignal(id, get);
    case 'amd': {
      const detection = detectionOf(get('AnsweredBy'));
      if (detection === null || carrierCallId === '') return { kind: 'nothing' };
      return { kind: 'detected', attemptId: id, carrierCallId, detection };
    }
    case 'recording':
      return recording(id, get);
    case 'after':
      return { kind: 'after-room', attemptId: id, carrierCallId, alive: get('CallStatus') === 'in-progress' };
    case 'agent-leg':
      return { kind: 'agent-leg-answered', userId: id, legId: carrierCallId };
    case 'helper-leg':
      return { kind: 'helper-leg-answered', userId: id, legId: carrierCallId };
    case 'listener-status':
    case 'guest-status': {
      const step: 'answered' | CarrierEnd | null =
        get('CallStatus') === 'in-progress' ? 'answered' : endOf(get('CallStatus'));
      if (step === null || carrierCallId === '') return { kind: 'nothing' };
      const said = { legId: carrierCallId, step };
      return path === 'guest-status'
        ? { kind: 'guest-signal', attemptId: id, ...said }
        : { kind: 'listener-signal', listeningId: id, ...said };
    }
    case 'agent-status':
      return endOf(get('CallStatus')) === null
        ? { kind: 'nothing' }
        : { kind: 'agent-leg-over', userId: id, legId: carrierCallId };
    case 'conference':
      return room(id, get);
    case 'text':
      return textStatus(id, get);
    default:
      return { kind: 'nothing' };
  }
}

/** Reads and answers webhooks of a Twilio-compatible carrier; the signature is checked against the public address. */
export function createTwilioCodec(account: CarrierAccount): WebhookCodec {
  const urls = webhookUrls(account);
  const publicUrl = account.publicUrl.replace(/\/$/, '');
  const token = account.signingKey ?? account.authToken;
  const { signatureHeader } = providers[account.provider];

  return {
    read(request) {
      const [path = '', query = ''] = request.rawUrl.split(/\?(.*)/s, 2);
      const body: Params = request.method === 'GET' ? new Map() : readParams(request.rawBody);
      const signature = headerOf(request, signatureHeader);
      if (!isSigned(token, publicUrl + request.rawUrl, body, signature)) return { ok: false, reason: 'signature' };
      if (path === BROWSER) {
        const get = reader(body);
        const [userId, legId] = [userOfBrowser(get('From')), get('CallSid')];
        return { ok: true, message: { kind: 'agent-called-in', userId, legId } };
      }
      const params = request.method === 'GET' ? readParams(query) : body;
      if (path === REPLIES) return { ok: true, message: textReceived(reader(params)) };
      const [, kind, id] = PATH.exec(path) ?? [];
      if (kind === undefined || id === undefined) return { ok: false, reason: 'unknown-path' };
      return { ok: true, message: messageOf(kind, id, params) };
    },
    answer: (plan) => answerWith(plan, urls),
  };
}

function headerOf(request: RawWebhook, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
