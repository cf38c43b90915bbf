-- A call is written about ten times from the intent to the outcome. Columns that change with every step were in indexes, so that each
-- write made an entry in every index of the table. Without them most steps are written in place (HOT).

-- Who waits for an agent, oldest first; as a column of its own it changes only when the waiting begins or ends.
ALTER TABLE "attempt" ADD COLUMN "waiting_since" TIMESTAMPTZ(3)
  GENERATED ALWAYS AS (CASE WHEN state = 'waiting' AND closing IS NULL THEN answered_at END) STORED;
DROP INDEX "attempt_waiting";
CREATE INDEX "attempt_waiting" ON "attempt"("campaign_id", "waiting_since") WHERE (waiting_since IS NOT NULL);

-- What is overdue is looked for among the live calls (attempt_live), and among the desks, which are few.
DROP INDEX "attempt_deadline_at_idx";
DROP INDEX "agent_desk_deadline_at_idx";

-- An agent's calls are asked for by the day they were placed.
DROP INDEX "attempt_agent_id_connected_at_idx";
CREATE INDEX "attempt_agent_id_intended_at_idx" ON "attempt"("agent_id", "intended_at");
