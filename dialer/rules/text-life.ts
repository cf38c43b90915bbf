/**
 * The life of one text, always forward:
 *
 *     intended → sending → accepted → sent → delivered      failed: an end from anywhere before delivered
 *                   └→ uncertain ─┘ (the carrier's answer was lost)
 *
 * `intended` is committed before anybody is asked, `sending` before the carrier is asked. A text whose fate is unknown is looked for
 * at the carrier and goes back to `intended` only when the carrier must have listed it by now and does not know it.
 */
export type TextState = 'intended' | 'sending' | 'uncertain' | 'accepted' | 'sent' | 'delivered' | 'failed';

export type TextLife = {
  state: TextState;
  carrierMessageId: string | null;
  /** When the carrier was last asked to send it. */
  askedAt: number | null;
  tries: number;
  /** After this nobody wants it any more. */
  sendUntil: number;
  nextTryAt: number | null;
};

export type TextSignal =
  | { kind: 'asking' }
  | { kind: 'accepted'; carrierMessageId: string }
  | { kind: 'refused'; code: string }
  | { kind: 'busy'; retryAfterMs: number }
  /** No answer to the order, or the process that waited for it is gone. */
  | { kind: 'doubtful' }
  /** The carrier was asked and does not know it. */
  | { kind: 'not-found' }
  /** The recipient sleeps: not before then, or, with null, never. */
  | { kind: 'outside-hours'; until: number | null }
  /** The carrier could not be asked, or has nothing new. */
  | { kind: 'nothing-new' }
  | { kind: 'status'; status: 'sent' | 'delivered' | 'failed'; carrierMessageId: string; code: string | null };

/** `arrived`: it counts as told to the customer. */
export type TextHappening = { kind: 'arrived' } | { kind: 'failed'; why: string };
export type TextStep = { life: TextLife; happened: TextHappening | null };

/** A process that asks the carrier answers within this time, or it is gone. */
export const ANSWER_MS = 60_000;
/** A text that the carrier does not list so long after it was asked does not exist there. */
const LISTED_AFTER_MS = 90_000;
const LOOK_AGAIN_MS = 30_000;
/** Not every carrier tells of delivery: a text that was sent and not reported back in this time counts as arrived. */
const ARRIVES_MS = 600_000;
/** Sent to the carrier at most so often; each time only when it is known that none before is under way. */
const TRIES = 5;
const RANK: Readonly<Record<TextState, number>> = {
  intended: 0,
  sending: 1,
  uncertain: 1,
  accepted: 2,
  sent: 3,
  delivered: 4,
  failed: 5,
};

/** Total; a signal that says nothing new leaves the life as it is. */
export function decideText(life: TextLife, signal: TextSignal, now: number): TextStep {
  const stays: TextStep = { life, happened: null };
  const to = (change: Partial<TextLife>, happened: TextHappening | null = null): TextStep => ({
    life: { ...life, ...change },
    happened,
  });
  const fail = (why: string): TextStep => to({ state: 'failed', nextTryAt: null }, { kind: 'failed', why });
  const again = (after: number): TextStep => {
    if (life.tries >= TRIES) return fail('carrier-busy');
    return now + after > life.sendUntil ? fail('too-late') : to({ state: 'intended', nextTryAt: now + after });
  };
  const pause = life.state === 'accepted' ? ARRIVES_MS : LOOK_AGAIN_MS;
  const later = to({ nextTryAt: life.state === 'accepted' && now > life.sendUntil ? null : now + pause });
  const waitsForAnswer = life.state === 'sending' || life.state === 'uncertain';
  switch (signal.kind) {
    case 'asking':
      if (life.state !== 'intended') return stays;
      if (now > life.sendUntil) return fail('too-late');
      return to({ state: 'sending', askedAt: now, tries: life.tries + 1, nextTryAt: now + ANSWER_MS });
    case 'outside-hours':
      if (life.state !== 'intended') return stays;
      if (signal.until === null || signal.until > life.sendUntil) return fail('outside-hours');
      return to({ nextTryAt: signal.until });
    case 'accepted':
      if (!waitsForAnswer) return stays;
      return to({ state: 'accepted', carrierMessageId: signal.carrierMessageId, nextTryAt: now + ARRIVES_MS });
    case 'refused':
      return waitsForAnswer || life.state === 'intended' ? fail(signal.code) : stays;
    case 'busy':
      return life.state === 'sending' ? again(signal.retryAfterMs * 2 ** life.tries) : stays;
    case 'doubtful':
      return life.state === 'sending' ? to({ state: 'uncertain', nextTryAt: now + LOOK_AGAIN_MS }) : stays;
    case 'not-found':
      if (life.state !== 'uncertain') return later;
      return now - (life.askedAt ?? now) < LISTED_AFTER_MS ? to({ nextTryAt: now + LOOK_AGAIN_MS }) : again(0);
    case 'nothing-new':
      // Sent, and no word of it since: it counts as arrived.
      if (life.state === 'sent') return to({ nextTryAt: null }, { kind: 'arrived' });
      return later;
    case 'status': {
      if (life.carrierMessageId !== null && life.carrierMessageId !== signal.carrierMessageId) return stays;
      if (RANK[signal.status] <= RANK[life.state] || life.state === 'intended' || life.state === 'delivered')
        return stays;
      const known = { carrierMessageId: signal.carrierMessageId };
      if (signal.status === 'failed')
        return to(
          { ...known, state: 'failed', nextTryAt: null },
          { kind: 'failed', why: signal.code ?? 'undelivered' },
        );
      if (signal.status === 'sent') return to({ ...known, state: 'sent', nextTryAt: now + ARRIVES_MS });
      return to({ ...known, state: 'delivered', nextTryAt: null }, { kind: 'arrived' });
    }
  }
}
