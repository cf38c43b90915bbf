import WebSocket from 'ws';
import { z } from 'zod';
import { toMulaw } from '../audio/mulaw.ts';
import type { Call, Callback, LiveCall } from '../calls/call.ts';
import { rfc2822 } from '../format.ts';
import { newSid } from '../ids.ts';
import { signUrl } from '../webhooks/signature.ts';
import { tell } from '../webhooks/tell.ts';
import { isLoopback } from '../webhooks/transport.ts';
import type { World } from '../world.ts';
import { stampNow } from '../world.ts';
import { soundNow } from './sound-now.ts';

const FRAME_MS = 20;
const FRAME_SAMPLES = 160;
/** A stream that has fallen behind so far leaves frames out rather than send a flood. */
const MAX_BURST = 100;
/** Streams of one call at a time; machine detection takes one of them as long as it listens. */
const MAX_STREAMS = 4;

export type StreamWish = {
  url: string;
  name: string | null;
  track: 'inbound_track' | 'outbound_track' | 'both_tracks';
  parameters: Readonly<Record<string, string>>;
  callback: Callback | null;
  twoWay: boolean;
};

export type Opened = { ok: true; sid: string; stop: () => void } | { ok: false; code: number; message: string };

const incoming = z.object({
  event: z.enum(['media', 'mark', 'clear']),
  mark: z.object({ name: z.string() }).optional(),
  media: z.object({ payload: z.string() }).optional(),
});

/**
 * Opens a media stream: the leg's sound as mu-law frames of 20 ms over a WebSocket, in the clock's real time.
 *
 * The carrier takes `wss` only; on loopback the sandbox takes `ws` too, as nothing else is there without certificates.
 * `closed` is called once when the stream is over, whoever ended it.
 */
export function openStream(world: World, call: Call, live: LiveCall, wish: StreamWish, closed: () => void): Opened {
  const valid = URL.canParse(wish.url) && /^wss?:$/.test(new URL(wish.url).protocol);
  if (!valid || !isLoopback(new URL(wish.url).hostname))
    return { ok: false, code: 31922, message: 'Stream: the URL must be a WebSocket address of this machine' };
  const detecting = live.settings.detection !== null && call.answeredBy === null ? 1 : 0;
  if (live.streams.size + detecting >= MAX_STREAMS)
    return { ok: false, code: 31924, message: 'Stream: too many streams on this call' };
  const sid = newSid('MZ');
  const socket = new WebSocket(wish.url, {
    headers: { 'X-Twilio-Signature': signUrl(world.identity.authToken, wish.url) },
  });
  const stream = new MediaStream(world, call, live, wish, sid, socket, closed);
  live.streams.set(sid, { stop: () => stream.stop(), name: wish.name });
  return { ok: true, sid, stop: () => stream.stop() };
}

class MediaStream {
  readonly #world: World;
  readonly #call: Call;
  readonly #live: LiveCall;
  readonly #wish: StreamWish;
  readonly #sid: string;
  readonly #socket: WebSocket;
  readonly #closed: () => void;
  #sequence = 0;
  #chunk = 0;
  #startedAt = 0;
  #cancel = () => {};
  #over = false;
  /** When what the application sent has been played: marks wait for it, or until it is cleared. */
  #playedUntil = 0;
  readonly #marks = new Set<() => void>();

  constructor(
    world: World,
    call: Call,
    live: LiveCall,
    wish: StreamWish,
    sid: string,
    socket: WebSocket,
    closed: () => void,
  ) {
    this.#world = world;
    this.#call = call;
    this.#live = live;
    this.#wish = wish;
    this.#sid = sid;
    this.#socket = socket;
    this.#closed = closed;
    socket.on('open', () => this.#begin());
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('close', () => this.stop());
    socket.on('error', (error) => {
      this.#report('stream-error', { StreamError: error.message });
      this.stop();
    });
    live.digitListeners.add(this.#keys);
  }

  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancel();
    this.#live.streams.delete(this.#sid);
    this.#live.digitListeners.delete(this.#keys);
    const { accountSid } = this.#world.identity;
    this.#send({ event: 'stop', stop: { accountSid, callSid: this.#call.sid } });
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate();
    else this.#socket.close();
    if (this.#startedAt > 0) this.#report('stream-stopped', {});
    this.#closed();
  }

  readonly #keys = (digits: string): void => {
    for (const digit of digits) this.#send({ event: 'dtmf', dtmf: { track: 'inbound_track', digit } });
  };

  #begin(): void {
    if (this.#over) return;
    this.#startedAt = this.#world.clock.now();
    this.#socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }));
    this.#send({
      event: 'start',
      start: {
        accountSid: this.#world.identity.accountSid,
        callSid: this.#call.sid,
        streamSid: this.#sid,
        tracks: this.#tracks(),
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
        customParameters: this.#wish.parameters,
      },
    });
    this.#report('stream-started', {});
    this.#tick();
  }

  #tracks(): ('inbound' | 'outbound')[] {
    switch (this.#wish.track) {
      case 'inbound_track':
        return ['inbound'];
      case 'outbound_track':
        return ['outbound'];
      case 'both_tracks':
        return ['inbound', 'outbound'];
    }
  }

  #tick(): void {
    if (this.#over) return;
    const due = Math.floor((this.#world.clock.now() - this.#startedAt) / FRAME_MS);
    if (due - this.#chunk > MAX_BURST) this.#chunk = due - MAX_BURST;
    for (; this.#chunk < due; this.#chunk++) {
      const timestamp = this.#chunk * FRAME_MS;
      for (const track of this.#tracks()) {
        const side = track === 'inbound' ? 'far' : 'near';
        const sound = soundNow(this.#call, this.#live, side, this.#startedAt + timestamp, FRAME_SAMPLES);
        const payload = toMulaw(sound).toString('base64');
        const media = { track, chunk: String(this.#chunk + 1), timestamp: String(timestamp), payload };
        this.#send({ event: 'media', media });
      }
    }
    this.#cancel = this.#world.clock.after(FRAME_MS, () => this.#tick());
  }

  #send(message: Readonly<Record<string, unknown>>): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#sequence += 1;
    this.#socket.send(JSON.stringify({ ...message, sequenceNumber: String(this.#sequence), streamSid: this.#sid }));
  }

  /** What the application sends is played to the caller; a mark comes back when everything before it has been. */
  #hear(text: string): void {
    const read = incoming.safeParse(parse(text));
    if (!read.success || !this.#wish.twoWay) return;
    const now = this.#world.clock.now();
    const { event, mark, media } = read.data;
    if (event === 'media') {
      const ms = Buffer.byteLength(media?.payload ?? '', 'base64') / 8;
      this.#playedUntil = Math.max(this.#playedUntil, now) + ms;
    } else if (event === 'clear') {
      this.#playedUntil = now;
      for (const told of [...this.#marks]) told();
    } else if (mark) {
      const told = (): void => {
        cancel();
        if (this.#marks.delete(told)) this.#send({ event: 'mark', mark });
      };
      this.#marks.add(told);
      const cancel = this.#world.clock.after(Math.max(0, this.#playedUntil - now), told);
    }
  }

  #report(event: string, more: Readonly<Record<string, string>>): void {
    if (this.#wish.callback === null) return;
    const params = {
      AccountSid: this.#world.identity.accountSid,
      CallSid: this.#call.sid,
      StreamSid: this.#sid,
      StreamName: this.#wish.name ?? this.#sid,
      StreamEvent: event,
      Timestamp: rfc2822(stampNow(this.#world)),
      ...more,
    };
    tell(this.#world, this.#wish.callback, params, this.#call.sid);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
