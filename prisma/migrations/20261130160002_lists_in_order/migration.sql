-- Long lists are read page by page in the order in which they are shown: without these each page sorted the whole table.
CREATE INDEX "qa_sale_recorded_at_id_idx" ON "qa_sale"("recorded_at" DESC, "id");
CREATE INDEX "qa_sale_state_recorded_at_id_idx" ON "qa_sale"("state", "recorded_at" DESC, "id");
CREATE INDEX "qa_case_in_order" ON "qa_case"((closed_at IS NOT NULL), "deadline_at", "number");
CREATE INDEX "qa_case_opened_at_idx" ON "qa_case"("opened_at");
CREATE INDEX "qa_task_call_deadline_at_id_idx" ON "qa_task_call"("deadline_at", "id");
CREATE INDEX "qa_draw_drawn_at_id_idx" ON "qa_draw"("drawn_at" DESC, "id");
CREATE INDEX "qa_patrol_at_id_idx" ON "qa_patrol"("at" DESC, "id");
DROP INDEX "qa_patrol_at_idx";
CREATE INDEX "qa_inspection_deadline_at_id_idx" ON "qa_inspection"("deadline_at", "id");
CREATE INDEX "qa_inspection_drawn_at_id_idx" ON "qa_inspection"("drawn_at" DESC, "id");
CREATE INDEX "qa_inspection_by_risk" ON "qa_inspection"((coalesce((risk ->> 'score')::float8, 0)) DESC, "deadline_at", "id");
-- The audit log by one of its questions, newest first.
CREATE INDEX "audit_entry_action_id_idx" ON "audit_entry"("action", "id");
CREATE INDEX "audit_entry_subject_type_id_idx" ON "audit_entry"("subject_type", "id");
CREATE INDEX "audit_entry_actor_id_id_idx" ON "audit_entry"("actor_id", "id");
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");
DROP INDEX "audit_entry_actor_id_at_idx";
-- Looked for once a row: the inspections of a call, what somebody entered of an inspection, an agent's own, and the pairs of judges.
CREATE INDEX "qa_inspection_attempt_id_idx" ON "qa_inspection"("attempt_id");
CREATE INDEX "qa_register_entry_by_inspection_id_idx" ON "qa_register_entry"("by", "inspection_id");
CREATE INDEX "qa_inspection_agent_id_drawn_at_id_idx" ON "qa_inspection"("agent_id", "drawn_at" DESC, "id");
CREATE INDEX "qa_inspection_overlap" ON "qa_inspection"("campaign_id", "scored_at") WHERE (kind = 'overlap'::text);
