import type {
  CallEvent,
  CallSettings,
  Callback,
  DetectionSettings,
  DocumentSource,
  HttpMethod,
  RecordingSettings,
} from '../calls/call.ts';
import { recordingEventsOf } from '../twiml/verbs/recording-attributes.ts';
import { readOverrides } from '../webhooks/overrides.ts';
import { isLoopback, isNowhere } from '../webhooks/transport.ts';
import type { RestReply } from './http.ts';
import { flag, list, refuse, value } from './http.ts';

const EVENTS: readonly CallEvent[] = ['initiated', 'ringing', 'answered', 'completed'];
const isEvent = (text: string): text is CallEvent => EVENTS.some((one) => one === text);

/** A value that was read, or the answer that refuses it. */
export type Read<T> = { ok: true; value: T } | { ok: false; reply: RestReply };
const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (code: number, message: string): Read<never> => ({ ok: false, reply: refuse(400, code, message) });

/** A webhook URL: absolute http(s) to this machine; the sandbox calls nobody else. */
export function readUrl(text: string): Read<string> {
  const { url } = readOverrides(text);
  if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) return bad(21205, `Url is not a valid URL: ${text}`);
  const { hostname } = new URL(url);
  if (!isLoopback(hostname) && !isNowhere(hostname))
    return bad(21205, 'Url: the sandbox calls only loopback addresses (127.0.0.1, localhost, ::1)');
  return good(text);
}

function readMethod(form: URLSearchParams, name: string): Read<HttpMethod> {
  const text = value(form, name) || 'POST';
  return text === 'GET' || text === 'POST' ? good(text) : bad(21209, `${name}: invalid HTTP method`);
}

/** A callback named by two parameters; null where the URL is missing or empty. */
export function readCallback(
  form: URLSearchParams,
  urlName: string,
  methodName = `${urlName}Method`,
): Read<Callback | null> {
  const text = value(form, urlName);
  if (text === null || text === '') return good(null);
  const url = readUrl(text);
  if (!url.ok) return url;
  const method = readMethod(form, methodName);
  return method.ok ? good({ url: url.value, method: method.value }) : method;
}

function readNumber(
  form: URLSearchParams,
  name: string,
  low: number,
  high: number,
  otherwise: number,
  code: number,
): Read<number> {
  const text = value(form, name);
  if (text === null || text === '') return good(otherwise);
  const number = Number(text);
  if (!Number.isInteger(number) || number < low || number > high)
    return bad(code, `${name} must be between ${low} and ${high}`);
  return good(number);
}

/** The document of a create or an update: `Url`, else `Twiml`, else null. */
export function readDocument(form: URLSearchParams): Read<DocumentSource | null> {
  const url = value(form, 'Url');
  if (url !== null && url !== '') {
    const read = readUrl(url);
    if (!read.ok) return read;
    const method = readMethod(form, 'Method');
    return method.ok ? good({ kind: 'url', url: read.value, method: method.value }) : method;
  }
  const twiml = value(form, 'Twiml');
  if (twiml === null || twiml === '') return good(null);
  if (twiml.length > 4_000) return bad(21620, 'Twiml must not be longer than 4000 characters');
  return good({ kind: 'inline', twiml });
}

/** Machine detection; `asynchronous` is possible for calls created by the REST API only (21263 elsewhere). */
function readDetection(form: URLSearchParams, onParticipant: boolean): Read<DetectionSettings | null> {
  const mode = value(form, 'MachineDetection');
  const asynchronous = flag(form, 'AsyncAmd') === true;
  if (onParticipant && (asynchronous || value(form, 'AsyncAmdStatusCallback')))
    return bad(21263, 'AsyncAmd is not available for participants');
  if (mode === null || mode === '') return good(null);
  if (mode !== 'Enable' && mode !== 'DetectMessageEnd')
    return bad(21234, 'MachineDetection must be Enable or DetectMessageEnd');
  const timeout = readNumber(form, 'MachineDetectionTimeout', 3, 59, 30, 21234);
  const bounds = [
    readNumber(form, 'MachineDetectionSpeechThreshold', 1_000, 6_000, 2_400, 21234),
    readNumber(form, 'MachineDetectionSpeechEndThreshold', 500, 5_000, 1_200, 21234),
    readNumber(form, 'MachineDetectionSilenceTimeout', 2_000, 10_000, 5_000, 21234),
  ].find((one) => !one.ok);
  if (!timeout.ok) return timeout;
  if (bounds && !bounds.ok) return bounds;
  const callback = readCallback(form, onParticipant ? 'AmdStatusCallback' : 'AsyncAmdStatusCallback');
  if (!callback.ok) return callback;
  // On participants the verdict goes to its callback and the document does not wait for it.
  const wait = !onParticipant && !asynchronous;
  return good({ mode, timeoutMs: timeout.value * 1_000, asynchronous: !wait, callback: wait ? null : callback.value });
}

/** Recording parameters, as the call, its recordings and participants take them. */
export function readRecording(form: URLSearchParams, trim: RecordingSettings['trim']): Read<RecordingSettings> {
  const callback = readCallback(form, 'RecordingStatusCallback');
  if (!callback.ok) return callback;
  const track = value(form, 'RecordingTrack');
  const wished = value(form, 'Trim');
  return good({
    channels: value(form, 'RecordingChannels') === 'dual' ? 2 : 1,
    track: track === 'inbound' || track === 'outbound' ? track : 'both',
    trim: wished === 'trim-silence' || wished === 'do-not-trim' ? wished : trim,
    callback: callback.value,
    events: recordingEventsOf(form.getAll('RecordingStatusCallbackEvent')),
  });
}

/** Everything that a create may set. Without events only `completed` is told. */
export function readSettings(form: URLSearchParams, onParticipant = false): Read<CallSettings> {
  const document = readDocument(form);
  if (!document.ok) return document;
  const fallback = readCallback(form, 'FallbackUrl', 'FallbackMethod');
  if (!fallback.ok) return fallback;
  const status = readCallback(form, 'StatusCallback', 'StatusCallbackMethod');
  if (!status.ok) return status;
  const timeout = readNumber(form, 'Timeout', onParticipant ? 5 : 0, 600, 60, 21208);
  if (!timeout.ok) return timeout;
  const limit = readNumber(form, 'TimeLimit', 1, 86_400, 14_400, 21208);
  if (!limit.ok) return limit;
  const digits = value(form, 'SendDigits');
  if (digits !== null && !/^[0-9A-Da-d#*wW]{0,32}$/.test(digits)) return bad(21206, 'SendDigits: invalid digits');
  const detection = readDetection(form, onParticipant);
  if (!detection.ok) return detection;
  const record = readRecording(form, 'trim-silence');
  if (!record.ok) return record;
  const events = list(form, 'StatusCallbackEvent').filter(isEvent);
  return good({
    document: document.value,
    fallback: fallback.value,
    statusCallback: status.value && { ...status.value, events: new Set(events.length > 0 ? events : ['completed']) },
    ringTimeoutMs: timeout.value * 1_000,
    timeLimitMs: limit.value * 1_000,
    // Digits that are sent after the answer switch machine detection off.
    detection: digits ? null : detection.value,
    record: flag(form, 'Record') === true ? record.value : null,
  });
}
