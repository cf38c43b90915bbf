-- What was decided about a call that is still up, the calls that wait for an agent, live calls, and calls by origin.
ALTER TABLE "attempt" ADD COLUMN "closing" TEXT;
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_closing_known" CHECK ("closing" IN ('abandoned', 'machine', 'canceled', 'hung-up', 'agent-lost'));

-- CreateIndex
CREATE INDEX "attempt_waiting" ON "attempt"("campaign_id", "answered_at") WHERE (state = 'waiting'::text AND closing IS NULL);

-- CreateIndex
CREATE INDEX "attempt_live" ON "attempt"("campaign_id") WHERE (live);

-- CreateIndex
CREATE INDEX "attempt_unwritten" ON "attempt"("ended_at") WHERE (outcome = 'connected'::text AND outcome_at IS NULL);

-- CreateIndex
CREATE INDEX "contact_origin" ON "contact" USING GIN ("origin" jsonb_path_ops);
