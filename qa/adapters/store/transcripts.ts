/** Transcripts in PostgreSQL. That they are append-only, and go with the sound, the database's own triggers see to. */
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../../prisma/generated/client.ts';
import type { TranscriptStore, UnreadTranscript, WaitingRecording } from '../../ports/transcript-store.ts';
import type { MustSay } from '../../rules/transcript/findings.ts';
import { phraseTables } from './phrase-tables.ts';

const segmentShape = z.object({
  channel: z.enum(['agent', 'customer']),
  startMs: z.number(),
  endMs: z.number(),
  text: z.string(),
  confidence: z.number().nullable(),
});
const segmentsShape = z.array(segmentShape);
const wayShape = z.enum(['http', 'command', 'sandbox']);
const spoken = z.object({ en: z.string(), zh: z.string() });
const scriptShape = z.object({
  steps: z.array(z.object({ id: z.string(), text: spoken })),
  mustSay: z.array(z.object({ kind: z.string(), text: spoken, step: z.string().nullable() })),
});

/** Inspections for whose judge a transcript is of use. */
const undone = Prisma.sql`i.state in ('drawn', 'assigned', 'opened', 'expired')`;

export function transcriptStore(client: PrismaClient): TranscriptStore {
  return {
    ...phraseTables(client),

    async waiting(centreId, { after, limit, due }) {
      const place = centreId === null ? Prisma.empty : Prisma.sql`and k.centre_id = ${centreId}::uuid`;
      const rest =
        after === null
          ? Prisma.empty
          : Prisma.sql`and (r.talk_started_at, r.id) > (${new Date(after.at)}::timestamptz, ${after.id}::uuid)`;
      const tried =
        due === undefined
          ? Prisma.empty
          : Prisma.sql`and not exists (select 1 from qa_transcript_try y where y.recording_id = r.id
              and (y.next_try_at is null or y.next_try_at > ${new Date(due)}))`;
      const rows = await client.$queryRaw<(Omit<WaitingRecording, 'talkStartedAt'> & { talkStartedAt: Date })[]>`
        select r.id as "recordingId", r.talk_started_at as "talkStartedAt", r.duration_ms as "durationMs", r.sha256,
               coalesce(k.settings #>> '{messages,language}', 'en') as language
          from recording r join campaign k on k.id = r.campaign_id
         where r.id in (select i.recording_id from qa_inspection i where ${undone}) and r.state = 'stored' ${place} ${rest} ${tried}
           and not exists (select 1 from qa_transcript t where t.recording_id = r.id)
         order by r.talk_started_at, r.id limit ${limit}`;
      return rows.map((row) => ({ ...row, talkStartedAt: row.talkStartedAt.getTime() }));
    },

    async recording(recordingId) {
      const [row] = await client.$queryRaw<NonNullable<Awaited<ReturnType<TranscriptStore['recording']>>>[]>`
        select r.id as "recordingId", k.centre_id as "centreId", r.state = 'stored' as stored, r.sha256, r.duration_ms as "durationMs",
               c.script_version_id as "scriptVersionId", (c.disposition is null or c.disposition = 'sale') as sale,
               exists (select 1 from qa_inspection i where i.recording_id = r.id and ${undone}) as wanted
          from recording r join campaign k on k.id = r.campaign_id left join qa_conversation c on c.attempt_id = r.attempt_id
         where r.id = ${recordingId}::uuid`;
      return row ?? null;
    },

    async known(recordingId, contentSha256) {
      const row = await client.transcript.findUnique({
        where: { recordingId_contentSha256: { recordingId, contentSha256 } },
        select: { id: true },
      });
      return row?.id.toString() ?? null;
    },

    async add(one) {
      // The recording's row is held while the words come in: what erases it waits, and then takes these words, too.
      await client.$executeRaw`
        insert into qa_transcript (recording_id, language, engine, engine_version, way, recording_sha256, content_sha256, heard_until_ms,
                                   segments, made_at, delivered_at, delivered_by)
        select r.id, ${one.language}, ${one.engine}, ${one.engineVersion}, ${one.way}, ${one.recordingSha256}, ${one.contentSha256},
               ${one.heardUntilMs}, ${JSON.stringify(one.segments)}::jsonb, ${new Date(one.madeAt)}, ${new Date(one.deliveredAt)},
               ${one.deliveredBy}::uuid
          from (select id from recording where id = ${one.recordingId}::uuid and state = 'stored' for share) r
        on conflict do nothing`;
      return this.known(one.recordingId, one.contentSha256);
    },

    async newest(recordingId) {
      const row = await client.transcript.findFirst({ where: { recordingId }, orderBy: { id: 'desc' } });
      if (row === null || row.segments === null) return null;
      const superseded = await client.transcript.count({ where: { recordingId, id: { lt: row.id } } });
      return {
        ...{ id: row.id.toString(), recordingId, language: row.language, way: wayShape.parse(row.way), superseded },
        ...{ engine: row.engine, engineVersion: row.engineVersion, recordingSha256: row.recordingSha256 },
        ...{ heardUntilMs: row.heardUntilMs, segments: segmentsShape.parse(row.segments) },
        ...{ madeAt: row.madeAt.getTime(), deliveredAt: row.deliveredAt.getTime(), deliveredBy: row.deliveredBy },
      };
    },

    async unread(campaignId, rule, limit) {
      type Row = Omit<UnreadTranscript, 'transcriptId' | 'segments'> & { transcriptId: bigint; segments: unknown };
      const rows = await client.$queryRaw<Row[]>`
        select n.id as "transcriptId", n.language, n.segments, n.heard_until_ms as "heardUntilMs", r.duration_ms as "durationMs",
               c.script_version_id as "scriptVersionId"
          from qa_inspection i join recording r on r.id = i.recording_id join qa_conversation c on c.attempt_id = i.attempt_id
          join lateral (select t.* from qa_transcript t where t.recording_id = i.recording_id order by t.id desc limit 1) n on n.segments is not null
         where i.campaign_id = ${campaignId}::uuid and i.kind = 'recheck' and i.state in ('drawn', 'assigned', 'expired')
           and not exists (select 1 from qa_transcript_reading g where g.transcript_id = n.id and g.rule = ${rule})
         order by i.deadline_at, i.id limit ${limit}`;
      return rows.map((row) => ({
        ...row,
        transcriptId: row.transcriptId.toString(),
        segments: segmentsShape.parse(row.segments),
      }));
    },

    async keepReading(transcriptId, rule, found, at) {
      // Only while its words are there: what was found goes with them.
      await client.$executeRaw`
        insert into qa_transcript_reading (transcript_id, rule, found, at)
        select id, ${rule}, ${[...found]}::text[], ${new Date(at)} from qa_transcript where id = ${BigInt(transcriptId)} and segments is not null
        on conflict do nothing`;
    },

    async mustSay(scriptVersionId) {
      const row = await client.scriptVersion.findUnique({ where: { id: scriptVersionId }, select: { body: true } });
      const script = scriptShape.safeParse(row?.body);
      return script.success ? mustSayOf(script.data) : null;
    },

    async engineSignedUp(centreId) {
      return (await client.user.count({ where: { role: 'speech-engine', centreId, active: true } })) > 0;
    },

    async tries(recordingId) {
      return (await client.transcriptTry.findUnique({ where: { recordingId } }))?.tries ?? 0;
    },

    async keepTry(recordingId, tries, nextTryAt, problem) {
      const data = { tries, problem, nextTryAt: nextTryAt === null ? null : new Date(nextTryAt) };
      await client.transcriptTry.upsert({ where: { recordingId }, create: { recordingId, ...data }, update: data });
    },
  };
}

/** A checklist's own words are few; the step they belong to is what is really said. */
function mustSayOf({ steps, mustSay }: z.infer<typeof scriptShape>): MustSay[] {
  return mustSay.map(({ kind, text, step }) => {
    const said = steps.find(({ id }) => id === step)?.text;
    return { kind, texts: [text.en, text.zh, said?.en ?? '', said?.zh ?? ''].filter((words) => words.trim() !== '') };
  });
}
