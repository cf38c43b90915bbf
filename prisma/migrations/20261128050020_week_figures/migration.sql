-- What customers said in a week: of the attempts only the few that have a disposition.
CREATE INDEX "attempt_disposed" ON "attempt"("campaign_id", "intended_at") WHERE (disposition IS NOT NULL);
-- Draws' and summaries' questions by time.
CREATE INDEX "qa_conversation_campaign_id_connected_at_idx" ON "qa_conversation"("campaign_id", "connected_at");
