-- Recordings whose retention may be over, and what may still turn on them, are found without reading everything.
CREATE INDEX "recording_kept" ON "recording"("campaign_id", "talk_started_at", "id") WHERE (state = 'stored'::text);
CREATE INDEX "recording_erased_file" ON "recording"("id") WHERE (state = 'erased'::text AND path IS NOT NULL);
CREATE INDEX "qa_task_call_done_attempt_id_idx" ON "qa_task_call"("done_attempt_id");
CREATE INDEX "qa_task_call_case_id_idx" ON "qa_task_call"("case_id");
CREATE INDEX "qa_case_attempt_id_idx" ON "qa_case"("attempt_id");
CREATE INDEX "qa_case_recordings" ON "qa_case" USING GIN ("recording_ids") WITH (fastupdate = off);
CREATE INDEX "qa_case_duplicate_of_idx" ON "qa_case"("duplicate_of");
CREATE INDEX "qa_case_number" ON "qa_case"((life ->> 'number'));
CREATE INDEX "qa_case_look" ON "qa_case"(((life ->> 'lookAt')::float8)) WHERE (state <> 'closed'::text);
CREATE INDEX "qa_case_list" ON "qa_case"((closed_at IS NOT NULL), "deadline_at", "number");
