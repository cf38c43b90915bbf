-- What a judge notes of the whole recording is kept with the answers so far.
ALTER TABLE "qa_inspection" ADD COLUMN "draft_note" TEXT NOT NULL DEFAULT '';
