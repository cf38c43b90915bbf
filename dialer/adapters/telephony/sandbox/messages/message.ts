import type { Callback } from '../calls/call.ts';

export type MessageStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

export type Message = {
  readonly sid: string;
  readonly direction: 'outbound-api' | 'inbound';
  readonly to: string;
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  readonly createdAt: number;
  readonly callback: Callback | null;
  updatedAt: number;
  sentAt: number | null;
  status: MessageStatus;
  errorCode: number | null;
};

/** The account's text messages; the oldest are forgotten beyond a number. */
export class MessageRegistry {
  readonly #messages = new Map<string, Message>();
  readonly #keep: number;

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(message: Message): void {
    this.#messages.set(message.sid, message);
    if (this.#messages.size <= this.#keep) return;
    const oldest = this.#messages.keys().next();
    if (!oldest.done) this.#messages.delete(oldest.value);
  }

  get(sid: string): Message | undefined {
    return this.#messages.get(sid);
  }

  remove(sid: string): void {
    this.#messages.delete(sid);
  }

  newestFirst(): Message[] {
    return [...this.#messages.values()].reverse();
  }
}
