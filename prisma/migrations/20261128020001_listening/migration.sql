-- A supervisor's leg in an agent's room: listening, whispering, speaking with both, or taking the customer over.
CREATE TABLE "listening" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "supervisor_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "leg_id" TEXT,
    "taken_attempt_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "joined_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "look_at" TIMESTAMPTZ(3),

    CONSTRAINT "listening_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "listening" ADD CONSTRAINT "listening_mode_known" CHECK ("mode" IN ('listen', 'whisper', 'barge', 'taken-over'));
ALTER TABLE "listening" ADD CONSTRAINT "listening_state_known" CHECK ("state" IN ('dialling', 'joined', 'over'));

-- CreateIndex
CREATE UNIQUE INDEX "listening_one" ON "listening"("supervisor_id") WHERE (ended_at IS NULL);

-- CreateIndex
CREATE INDEX "listening_agent_id_started_at_idx" ON "listening"("agent_id", "started_at");

-- CreateIndex
CREATE INDEX "listening_look_at_idx" ON "listening"("look_at");
