-- What speech engines wrote down of recordings (Q12): kept as long as the sound, and nobody changes it.
CREATE TABLE "qa_transcript" (
    "id" BIGSERIAL NOT NULL,
    "recording_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "engine_version" TEXT NOT NULL,
    "way" TEXT NOT NULL CHECK ("way" IN ('http', 'command', 'sandbox')),
    "recording_sha256" TEXT NOT NULL,
    "content_sha256" TEXT NOT NULL,
    "heard_until_ms" INTEGER NOT NULL,
    "segments" JSONB,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_by" UUID,

    CONSTRAINT "qa_transcript_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "qa_transcript_reading" (
    "transcript_id" BIGINT NOT NULL,
    "rule" TEXT NOT NULL,
    "found" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "qa_transcript_reading_pkey" PRIMARY KEY ("transcript_id","rule")
);
CREATE TABLE "qa_transcript_try" (
    "recording_id" UUID NOT NULL,
    "tries" INTEGER NOT NULL,
    "next_try_at" TIMESTAMPTZ(3),
    "problem" TEXT NOT NULL,

    CONSTRAINT "qa_transcript_try_pkey" PRIMARY KEY ("recording_id")
);
CREATE TABLE "qa_phrase_table" (
    "centre_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "phrases" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "qa_phrase_table_pkey" PRIMARY KEY ("centre_id","version")
);
CREATE UNIQUE INDEX "qa_transcript_recording_id_content_sha256_key" ON "qa_transcript"("recording_id", "content_sha256");
CREATE INDEX "qa_transcript_recording_id_id_idx" ON "qa_transcript"("recording_id", "id");

-- The one change a transcript knows: its words go once its recording is erased.
CREATE FUNCTION "transcript_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.segments IS NULL AND to_jsonb(NEW) - 'segments' = to_jsonb(OLD) - 'segments'
     AND EXISTS (SELECT 1 FROM recording WHERE id = OLD.recording_id AND state = 'erased') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% of % is refused: its rows are append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "qa_transcript_append_only" BEFORE UPDATE OR DELETE ON "qa_transcript" FOR EACH ROW EXECUTE FUNCTION "transcript_change"();
CREATE TRIGGER "qa_transcript_no_truncate" BEFORE TRUNCATE ON "qa_transcript" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_phrase_table_append_only" BEFORE UPDATE OR DELETE ON "qa_phrase_table" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- In the transaction that erases the recording, whoever does it: words cannot outlive the sound.
CREATE FUNCTION "erase_transcripts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM qa_transcript_reading WHERE transcript_id IN (SELECT id FROM qa_transcript WHERE recording_id = NEW.id);
  DELETE FROM qa_transcript_try WHERE recording_id = NEW.id;
  UPDATE qa_transcript SET segments = NULL WHERE recording_id = NEW.id AND segments IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "recording_erases_transcripts" AFTER UPDATE OF "state" ON "recording" FOR EACH ROW
  WHEN (NEW."state" = 'erased' AND OLD."state" <> 'erased') EXECUTE FUNCTION "erase_transcripts"();

-- The account of a speech engine: it hears what waits for a transcript in its centre, and nothing else.
ALTER TABLE "app_user" DROP CONSTRAINT "app_user_role_known";
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_role_known"
  CHECK ("role" IN ('agent', 'lead', 'inspector', 'supervisor', 'manager', 'client', 'administrator', 'speech-engine'));
