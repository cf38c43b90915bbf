import { newSid } from '../ids.ts';

/** A TwiML application: where browser calls go. */
export type Application = {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  friendlyName: string;
  settings: Record<string, string>;
};

export class ApplicationRegistry {
  readonly #applications = new Map<string, Application>();

  create(friendlyName: string, settings: Record<string, string>, at: number): Application {
    const application = { sid: newSid('AP'), createdAt: at, updatedAt: at, friendlyName, settings };
    this.#applications.set(application.sid, application);
    return application;
  }

  get(sid: string): Application | undefined {
    return this.#applications.get(sid);
  }

  remove(sid: string): boolean {
    return this.#applications.delete(sid);
  }

  newestFirst(): Application[] {
    return [...this.#applications.values()].reverse();
  }
}
