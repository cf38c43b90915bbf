-- Questions of customers within a call, timed by the agent's desk (A5). One at a time is open in a call.
CREATE TABLE "call_question" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "attempt_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_question_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "call_question_in_order" CHECK ("answered_at" >= "asked_at")
);
CREATE INDEX "call_question_agent_id_asked_at_idx" ON "call_question"("agent_id", "asked_at");
CREATE INDEX "call_question_attempt_id_idx" ON "call_question"("attempt_id");
CREATE UNIQUE INDEX "call_question_one_open" ON "call_question"("attempt_id") WHERE "answered_at" IS NULL;
