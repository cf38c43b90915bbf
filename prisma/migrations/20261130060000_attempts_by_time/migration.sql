-- Calls, recordings and blacklist entries, newest first and page by page: without these a page over 300,000 calls sorted all of them.
CREATE INDEX "attempt_intended_at_id_idx" ON "attempt"("intended_at", "id");
CREATE INDEX "recording_talk_started_at_id_idx" ON "recording"("talk_started_at", "id");
CREATE INDEX "blacklist_entry_added_at_id_idx" ON "blacklist_entry"("added_at", "id");
