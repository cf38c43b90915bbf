/**
 * Calls that this process has placed and whose document nobody has asked for yet. The carrier tells of an answer twice, mostly
 * within milliseconds: by a callback, and by asking for the document. The request claims an agent and writes all that the callback
 * would write, so the callback gives way to it for a moment: it would only keep the row locked while the customer waits. The
 * callback is acknowledged after that; if no request comes, it is worked on as ever, and nothing is lost but the moment.
 */
import type { Clock } from '../ports.ts';

/** Twice what was seen between the two (twilio-contract.md, race 15). */
const GIVE_WAY_MS = 150;
/** More calls than can be in the air at once; the oldest are forgotten. */
const REMEMBERED = 20_000;

type Expected = {
  campaignId: string;
  /** When the callback told of the answer. */
  heardAt: number | null;
  presented: Promise<void>;
  settle(): void;
};

export type ExpectedAnswers = {
  expect(attemptId: string, campaignId: string): void;
  /** The document is asked for: what is known of the call, once. `settle` when the customer has been presented. */
  take(attemptId: string): { campaignId: string; heardAt: number | null; settle(): void } | null;
  /** For the callback: ends when the customer has been presented, or when no request came for a moment. */
  giveWay(attemptId: string): Promise<void>;
};

export function createExpectedAnswers(clock: Clock): ExpectedAnswers {
  const calls = new Map<string, Expected>();
  const asked = new Map<string, Expected>();

  return {
    expect(attemptId, campaignId) {
      const [oldest] = calls.size >= REMEMBERED ? calls.keys() : [];
      if (oldest !== undefined) calls.delete(oldest);
      let settle = (): void => undefined;
      const presented = new Promise<void>((resolve) => {
        settle = resolve;
      });
      calls.set(attemptId, { campaignId, heardAt: null, presented, settle });
    },

    take(attemptId) {
      const call = calls.get(attemptId);
      if (call === undefined) return null;
      calls.delete(attemptId);
      asked.set(attemptId, call);
      const settle = (): void => {
        asked.delete(attemptId);
        call.settle();
      };
      return { campaignId: call.campaignId, heardAt: call.heardAt, settle };
    },

    async giveWay(attemptId) {
      const call = calls.get(attemptId) ?? asked.get(attemptId);
      if (call === undefined) return;
      call.heardAt ??= clock.now();
      await new Promise<void>((resolve) => {
        const cancel = clock.after(GIVE_WAY_MS, resolve);
        void call.presented.then(() => {
          cancel();
          resolve();
        });
      });
    },
  };
}
