/** Customers' texts: read by the campaign's words, kept once, and told to quality with what they answer. */
import type { BlacklistCommands } from '../../dialer.ts';
import type { HandoffToQuality } from '../../events.ts';
import type { CarrierMessage, Clock, Reply, TextStore } from '../../ports.ts';
import { readReply, type TextSettings, textSettings } from '../../rules/text.ts';

/** A reply answers terms that are at most this old. */
const AWAITED_MS = 90 * 86_400_000;

type ReplyParts = {
  store: TextStore;
  blacklist: Pick<BlacklistCommands, 'add'>;
  clock: Clock;
  settingsOf: (campaignId: string) => Promise<TextSettings>;
};
type Received = Extract<CarrierMessage, { kind: 'text-received' }>;

export function createReplies({
  store,
  blacklist,
  clock,
  settingsOf,
}: ReplyParts): (message: Received) => Promise<void> {
  return async ({ carrierMessageId, number, ours, body, optOut }) => {
    const now = clock.now();
    const awaited = await store.awaited(number, ours, now - AWAITED_MS);
    const [newest] = awaited;
    const about = newest ?? (await store.lastCallTo(number));
    const settings = about === null ? textSettings.parse({}) : await settingsOf(about.campaignId);
    const reading = readReply(body, settings, optOut);
    // First the promise: who wants to hear no more is on the blacklist before anything else is done.
    if (reading === 'opt-out')
      await blacklist.add({
        number,
        ...{
          scope: 'all',
          scopeId: null,
          reason: 'opt-out',
          source: 'text',
          evidence: { replyId: carrierMessageId },
        },
        ...{ endsAt: null, by: { userId: null } },
      });
    const reply: Reply = { carrierMessageId, number, ours, body, at: now, reading };
    await store.keepReply(reply, answersOf(reply, awaited, about));
  };
}

/** What quality is owed of a reply. An opt-out is a no to everything that waits; any other word counts only for the one text it can mean. */
function answersOf(
  { reading, carrierMessageId: replyId }: Reply,
  awaited: Awaited<ReturnType<TextStore['awaited']>>,
  about: { attemptId: string } | null,
): { textIds: string[]; handoffs: HandoffToQuality[] } {
  const textIds = awaited.map(({ textId }) => textId);
  const [one, ...others] = awaited;
  if (one === undefined) {
    if (about === null || reading === 'opt-out') return { textIds, handoffs: [] };
    return {
      textIds,
      handoffs: [{ topic: 'text-replied', origin: null, attemptId: about.attemptId, replyId, answer: 'unclear' }],
    };
  }
  if (reading === 'opt-out')
    return {
      textIds,
      handoffs: awaited.map(({ origin, attemptId }) => ({
        topic: 'text-replied',
        origin,
        attemptId,
        replyId,
        answer: 'no',
      })),
    };
  const answer = others.length > 0 ? 'unclear' : reading;
  const { origin, attemptId } = one;
  return { textIds, handoffs: [{ topic: 'text-replied', origin, attemptId, replyId, answer }] };
}
