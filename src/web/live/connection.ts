/**
 * A live channel that keeps itself up: connects, notices silence, reconnects with growing pauses, and says plainly how
 * it stands. Commands are answered by id. A command that was on its way when the line broke is sent again when its
 * author said that this is safe; else it fails as `not-connected`, and the next pushed state tells what came of it.
 */
import { ApiError } from '../api/problem.ts';
import type { LiveCommand, LivePushBase, LiveStatus } from './messages.ts';

const pingEveryMs = 8000;
/** How often the page looks whether its own time went on; a gap this long means that the computer slept. */
const lookEveryMs = 1000;
const sleptMs = 5000;
const silentAfterMs = 15_000;
const pausesMs = [300, 700, 1500, 3000, 5000, 8000];

type Pending = {
  message: LiveCommand;
  again: boolean;
  settle: { resolve: () => void; reject: (error: ApiError) => void };
};

export type ConnectionEvents<P> = {
  push: (push: P) => void;
  status: (status: LiveStatus) => void;
  /** The session has ended (4401): the page asks to sign in again. */
  sessionEnded: () => void;
};

const refusal = (code: string, detail = '', retryable = true, field?: string) =>
  new ApiError({ status: 0, code, detail, retryable, ...(field === undefined ? {} : { field }) });

export class LiveConnection<P extends LivePushBase, M extends LiveCommand> {
  private socket: WebSocket | null = null;
  private readonly pending = new Map<string, Pending>();
  private failures = 0;
  private lastHeard = 0;
  /** Silence is counted from here: the last word heard, or the beginning of this attempt to connect. */
  private quietSince = 0;
  private lastLook = 0;
  private nextId = 1;
  private retryTimer: number | undefined;
  private pingTimer: number | undefined;
  private lookTimer: number | undefined;
  private stopped = true;
  /** Tells this window's connections from another window's, and one that comes again by itself from one that was asked for. */
  private readonly window = Math.random().toString(36).slice(2);
  private again = false;
  private readonly path: string;
  private readonly events: ConnectionEvents<P>;

  constructor(path: string, events: ConnectionEvents<P>) {
    this.path = path;
    this.events = events;
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.again = false;
    window.addEventListener('online', this.wake);
    window.addEventListener('offline', this.lostNetwork);
    document.addEventListener('visibilitychange', this.wake);
    document.addEventListener('resume', this.wake);
    this.lastLook = Date.now();
    this.lookTimer = window.setInterval(this.look, lookEveryMs);
    this.connect();
  }

  stop(status: LiveStatus = { kind: 'idle' }): void {
    this.stopped = true;
    window.removeEventListener('online', this.wake);
    window.removeEventListener('offline', this.lostNetwork);
    document.removeEventListener('visibilitychange', this.wake);
    document.removeEventListener('resume', this.wake);
    window.clearInterval(this.lookTimer);
    this.dropSocket();
    this.failAll();
    this.events.status(status);
  }

  /** When the server was last heard, by the computer's clock. */
  get heardAt(): number {
    return this.lastHeard;
  }

  /** Tries at once instead of after the pause. */
  readonly tryNow = (): void => {
    if (this.stopped || this.socket?.readyState === WebSocket.OPEN) return;
    this.connect();
  };

  send(message: WithoutId<M>, options: { again?: boolean } = {}): Promise<void> {
    const id = `${Date.now().toString(36)}-${this.nextId++}`;
    const full: LiveCommand = { ...message, id };
    return new Promise((resolve, reject) => {
      const open = this.socket?.readyState === WebSocket.OPEN;
      if (!open && !options.again) return reject(refusal('not-connected'));
      this.pending.set(id, { message: full, again: options.again ?? false, settle: { resolve, reject } });
      if (open) this.socket?.send(JSON.stringify(full));
    });
  }

  private connect(): void {
    this.dropSocket();
    this.failUnsafe();
    this.events.status({ kind: 'connecting' });
    const { protocol, host } = window.location;
    const which = `window=${this.window}${this.again ? '&again=1' : ''}`;
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${this.path}?${which}`);
    this.socket = socket;
    this.quietSince = Date.now();
    socket.onopen = () => {
      this.failures = 0;
      this.again = true;
      this.events.status({ kind: 'live' });
      for (const { message } of this.pending.values()) socket.send(JSON.stringify(message));
      this.pingTimer = window.setInterval(this.beat, pingEveryMs);
    };
    socket.onmessage = (event) => this.heard(String(event.data));
    socket.onclose = (event) => this.closed(event.code);
  }

  private heard(text: string): void {
    this.lastHeard = this.quietSince = Date.now();
    const push: P = JSON.parse(text);
    if (push.type === 'done' && push.id) this.settle(push.id, null);
    else if (push.type === 'refused' && push.id) {
      const { code = '', detail = '', retryable = false, field } = push;
      this.settle(push.id, refusal(code, detail, retryable, field));
    }
    this.events.push(push);
    if (push.type === 'taken-over') this.stop({ kind: 'taken-over' });
  }

  private settle(id: string, error: ApiError | null): void {
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    if (error) waiting?.settle.reject(error);
    else waiting?.settle.resolve();
  }

  private closed(code: number): void {
    this.dropSocket();
    if (this.stopped) return;
    if (code === 4401) {
      this.stop();
      this.events.sessionEnded();
      return;
    }
    if (code === 4403 || code === 4409) {
      this.stop({ kind: code === 4403 ? 'forbidden' : 'taken-over' });
      return;
    }
    this.failUnsafe();
    const pause = (pausesMs[Math.min(this.failures, pausesMs.length - 1)] ?? 8000) * (0.8 + 0.4 * Math.random());
    this.failures += 1;
    this.events.status(navigator.onLine ? { kind: 'lost', retryAt: Date.now() + pause } : { kind: 'offline' });
    this.retryTimer = window.setTimeout(this.tryNow, pause);
  }

  private readonly beat = (): void => {
    if (Date.now() - this.quietSince > silentAfterMs) this.closed(0);
    else this.socket?.send(JSON.stringify({ type: 'ping', id: `p${this.nextId++}` }));
  };

  /** After a sleep nothing may tell the page that it woke: its timers only go on where they stood. */
  private readonly look = (): void => {
    const now = Date.now();
    const slept = now - this.lastLook > sleptMs;
    this.lastLook = now;
    if (slept) this.wake();
  };

  /** Network back, or the laptop woke up: a socket that has slept may be dead without knowing. */
  private readonly wake = (): void => {
    if (this.stopped || document.visibilityState === 'hidden') return;
    if (this.socket?.readyState === WebSocket.OPEN && Date.now() - this.quietSince <= silentAfterMs) this.beat();
    else this.connect();
  };

  private readonly lostNetwork = (): void => {
    if (!this.stopped) this.closed(0);
  };

  /** Commands that may have been done already, and must not be done twice. */
  private failUnsafe(): void {
    for (const [id, { again }] of this.pending) if (!again) this.settle(id, refusal('not-connected'));
  }

  private failAll(): void {
    for (const id of [...this.pending.keys()]) this.settle(id, refusal('not-connected'));
  }

  private dropSocket(): void {
    window.clearTimeout(this.retryTimer);
    window.clearInterval(this.pingTimer);
    if (!this.socket) return;
    this.socket.onopen = null;
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
  }
}

type WithoutId<M> = M extends unknown ? Omit<M, 'id'> : never;
