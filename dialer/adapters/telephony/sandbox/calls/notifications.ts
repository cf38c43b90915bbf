import { newSid } from '../ids.ts';
import type { HttpMethod } from './call.ts';

/** An error or warning about a call, as `/Notifications` shows it. */
export type Notification = {
  sid: string;
  callSid: string | null;
  code: number;
  level: 'error' | 'warning';
  text: string;
  requestUrl: string;
  requestMethod: HttpMethod | null;
  requestVariables: string;
  responseBody: string;
  at: number;
};

/** The account's debugger: the last errors and warnings. */
export class NotificationLog {
  #entries: Notification[] = [];
  readonly #keep: number;

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(entry: Omit<Notification, 'sid'>): Notification {
    const notification = { sid: newSid('NO'), ...entry };
    this.#entries.push(notification);
    if (this.#entries.length > this.#keep * 2) this.#entries = this.#entries.slice(-this.#keep);
    return notification;
  }

  newestFirst(): Notification[] {
    return [...this.#entries].reverse();
  }
}
