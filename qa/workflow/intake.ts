/** Facts from the dialler. Each may come again and in any order; what it needs and has not come yet, it brings itself. */
import type {
  Conversation,
  ConversationFacts,
  RecordingFact,
  TextOrigin,
  ToldReply,
  UnreachedTask,
} from '../ports/conversation.ts';
import type { Campaigns, QualityEvent } from '../ports/surroundings.ts';
import type { ReturnCallResult, SaleTaskResult } from '../ports/sale-store.ts';
import { satisfactionOf } from '../rules/case.ts';
import { centreDateOf } from '../rules/sampling.ts';
import type { createSales } from './sales.ts';

/** Outcomes by which a customer's line is suspended, not merely unanswered. */
const outOfService = new Set(['invalid', 'switched-off']);

export type Conversations = {
  close(conversation: Conversation): Promise<void>;
  /** False when the conversation is not known yet. */
  recording(fact: RecordingFact): Promise<boolean>;
};

type Deps = {
  conversations: Conversations;
  campaigns: Campaigns;
  sales: ReturnType<typeof createSales>;
  complaint: (facts: ConversationFacts) => Promise<void>;
  /** A question that is not answered yet. */
  question: (facts: ConversationFacts) => Promise<void>;
  /** A recording will never come: its inspections are not waited for. */
  unheard: (recordingId: string) => Promise<void>;
  /** A customer's text that a person must read. */
  unreadReply: (reply: ToldReply) => Promise<void>;
  returnCall: (closed: {
    attemptId: string;
    origin: { kind: string; id: string };
    result: ReturnCallResult;
    agentId: string | null;
  }) => Promise<void>;
  publish: (event: QualityEvent) => void;
};

export function createIntake({
  conversations,
  campaigns,
  sales,
  complaint,
  question,
  unheard,
  unreadReply,
  returnCall,
}: Deps) {
  async function close(facts: ConversationFacts): Promise<void> {
    const campaign = await campaigns.of(facts.campaignId);
    if (campaign === null) return; // a campaign that is gone has no draws
    await conversations.close({ ...facts, day: centreDateOf(facts.connectedAt, campaign.timeZone) });
  }
  return {
    async conversationClosed(facts: ConversationFacts): Promise<void> {
      await close(facts);
      if (facts.disposition === 'question') await question(facts);
    },

    /** Before its conversation is closed a recording is of no use here; it is brought again with the conversation. */
    async recordingStored(facts: Omit<RecordingFact, 'state'>): Promise<void> {
      await conversations.recording({ ...facts, state: 'stored' });
    },

    async recordingLost(facts: Omit<RecordingFact, 'state'>): Promise<void> {
      await conversations.recording({ ...facts, state: 'lost' });
      await unheard(facts.recordingId);
      await sales.recordingLost(facts.attemptId);
    },

    async saleRecorded(facts: ConversationFacts): Promise<void> {
      await close(facts);
      await sales.record(facts);
    },

    async taskCallClosed(facts: ConversationFacts): Promise<void> {
      await close(facts);
      const { attemptId, origin, selfCheck, agentId } = facts;
      if (origin === null) return;
      if (origin.kind === 'return-call')
        await returnCall({ attemptId, origin, result: returnCallAnswer(facts), agentId });
      else await sales.taskClosed({ attemptId, origin, result: resultOf(facts), selfCheck, suspended: false });
    },

    /** Nobody was spoken to: a trial is extended, a corrective call asked for again, a case told (C2, Q8, K1). */
    async taskCallUnreached({ attemptId, origin, outcome }: UnreachedTask): Promise<void> {
      // Where there was no attempt at all, the wish itself is what ended.
      const closed = { attemptId: attemptId ?? origin.id, origin, result: 'unreachable' } as const;
      if (origin.kind === 'return-call') await returnCall({ ...closed, agentId: null });
      else await sales.taskClosed({ ...closed, selfCheck: null, suspended: outOfService.has(outcome) });
    },

    /** Of a notice nobody asks more than that it was sent; its row tells. */
    async textArrived({ kind, id }: TextOrigin): Promise<void> {
      if (kind === 'terms') await sales.text(id, { kind: 'text-sent' });
    },

    async textFailed({ kind, id }: TextOrigin, why: string): Promise<void> {
      if (kind === 'terms') await sales.text(id, { kind: 'text-failed', why });
    },

    /** What a sale cannot take (unclear, too late, about nothing that was asked) is a case: a person reads it and answers. */
    async textReplied(reply: ToldReply): Promise<void> {
      const { origin, answer } = reply;
      const taken = origin !== null && (await sales.text(origin.id, { kind: 'text-reply', answer }));
      // A no to a sale that is over asks for nothing.
      if (answer === 'unclear' || (answer === 'yes' && !taken && !(await sales.accepted(origin?.id ?? null))))
        await unreadReply(reply);
    },

    async complaintTold(facts: ConversationFacts): Promise<void> {
      await close(facts);
      await complaint(facts);
    },
  };
}

/**
 * What the customer answered in a return call; `unreachable` where nobody did. Desks that were open over the change to three answers, and facts
 * under way then, still say it in the words of a sale.
 */
export function returnCallAnswer({
  detail,
  disposition,
}: Pick<ConversationFacts, 'detail' | 'disposition'>): ReturnCallResult {
  if (disposition === 'refused' || disposition === 'complaint') return 'not-satisfied';
  const said = String(detail.result);
  const answer = satisfactionOf(said);
  if (answer !== null) return answer;
  if (said === 'confirmed') return 'satisfied';
  return said === 'declined' || said === 'unresolved' ? 'not-satisfied' : 'unreachable';
}

function resultOf({ detail, disposition }: ConversationFacts): SaleTaskResult {
  if (disposition === null) return 'unreachable';
  // A customer who refuses in such a call does not go on, whatever the agent calls it.
  if (disposition === 'refused') return 'declined';
  switch (detail.result) {
    case 'confirmed':
    case 'declined':
    case 'wants-to-think':
      return detail.result;
    default:
      return 'unresolved';
  }
}
