-- A draw of 100,000 writes one row an item and one an inspection: what is not asked for while nobody has an inspection is
-- not indexed then. Items are written in the transaction of their draw and neither is ever deleted (triggers), so that the
-- reference costs half of the writing and proves nothing.
ALTER TABLE "qa_draw_item" DROP CONSTRAINT "qa_draw_item_draw_id_fkey";
DROP INDEX "qa_draw_item_recording_id_idx";
DROP INDEX "qa_inspection_assigned_to_state_deadline_at_idx";
DROP INDEX "qa_inspection_agent_id_scored_at_idx";
CREATE INDEX "qa_inspection_assigned" ON "qa_inspection"("assigned_to", "state", "deadline_at") WHERE (assigned_to IS NOT NULL);
CREATE INDEX "qa_inspection_scored" ON "qa_inspection"("agent_id", "scored_at") WHERE (scored_at IS NOT NULL);
CREATE INDEX "qa_inspection_scored_of_draw" ON "qa_inspection"("draw_id") WHERE (scored_at IS NOT NULL);
