/** The dialler's facts as quality keeps them. Every receiver may be called again with the same facts. */
import type { PrismaClient } from '../../../prisma/generated/client.ts';
import type { Conversation, RecordingFact } from '../../ports/conversation.ts';
import type { Sql } from './sql.ts';

/** Shared by intake, exclusive for a draw (draws.ts): see the sequence's note in the migration. */
export const intakeLock = 7_311_001;

export function conversationIntake(client: PrismaClient) {
  return {
    async close(facts: Conversation): Promise<void> {
      await client.$transaction(async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock_shared(${intakeLock}::bigint)`;
        await tx.$executeRaw`
          insert into qa_conversation (attempt_id, campaign_id, contact_id, agent_id, team_id, purpose, settings_version,
              script_version_id, connected_at, ended_at, talk_ms, day, disposition, detail, self_check, must_say_ticked, note,
              origin, demo, closed, recording_id)
          values (${facts.attemptId}::uuid, ${facts.campaignId}::uuid, ${facts.contactId}::uuid, ${facts.agentId}::uuid,
              ${facts.teamId}::uuid, ${facts.purpose}, ${facts.settingsVersion}, ${facts.scriptVersionId}::uuid,
              ${new Date(facts.connectedAt)}, ${new Date(facts.endedAt)}, ${facts.talkMs}, ${facts.day}::date,
              ${facts.disposition}, ${JSON.stringify(facts.detail)}::jsonb, ${asJson(facts.selfCheck)}::jsonb,
              ${facts.mustSayTicked}, ${facts.note}, ${asJson(facts.origin)}::jsonb, ${facts.demo}, true, ${facts.recordingId}::uuid)
          on conflict (attempt_id) do update set
              disposition = excluded.disposition, detail = excluded.detail, self_check = excluded.self_check,
              must_say_ticked = excluded.must_say_ticked, note = excluded.note, ended_at = excluded.ended_at,
              talk_ms = excluded.talk_ms, closed = true, recording_id = coalesce(qa_conversation.recording_id, excluded.recording_id)`;
        await giveFrameNumber(tx, facts.attemptId);
      });
    },

    /** False when the conversation itself has not arrived yet: the fact is to be delivered again later. */
    async recording(fact: RecordingFact): Promise<boolean> {
      return client.$transaction(async (tx) => {
        await tx.$executeRaw`select pg_advisory_xact_lock_shared(${intakeLock}::bigint)`;
        const changed = await tx.$executeRaw`
          update qa_conversation set recording_id = ${fact.recordingId}::uuid, recording_state = ${fact.state},
                 duration_ms = ${fact.durationMs}, agent_talk_share = ${fact.agentTalkShare}, stored_at = ${fact.storedAt === null ? null : new Date(fact.storedAt)}
           where attempt_id = ${fact.attemptId}::uuid`;
        if (changed === 0) return false;
        await giveFrameNumber(tx, fact.attemptId);
        return true;
      });
    },
  };
}

async function giveFrameNumber(tx: Sql, attemptId: string): Promise<void> {
  await tx.$executeRaw`
    update qa_conversation set frame_no = nextval('qa_frame_no')
     where attempt_id = ${attemptId}::uuid and frame_no is null and closed and recording_state = 'stored'`;
}

const asJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
