-- Exceptions to offers (L7): asked for by a form, decided by a deadline, their journal.
CREATE TABLE "qa_offer_exception" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "offer_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "campaign_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "approver" TEXT NOT NULL,
    "deadline_at" TIMESTAMPTZ(3),
    "wish" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "holds_until" TIMESTAMPTZ(3),
    "answer_call" TEXT NOT NULL DEFAULT 'open',
    "life" JSONB NOT NULL,

    CONSTRAINT "qa_offer_exception_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "qa_offer_exception_states" CHECK ("state" IN ('asked', 'approved', 'declined', 'withdrawn', 'lapsed'))
);
CREATE INDEX "qa_offer_exception_campaign_id_asked_at_idx" ON "qa_offer_exception"("campaign_id", "asked_at");
CREATE INDEX "qa_offer_exception_agent_id_asked_at_idx" ON "qa_offer_exception"("agent_id", "asked_at");
CREATE INDEX "qa_offer_exception_contact_id_idx" ON "qa_offer_exception"("contact_id");
CREATE UNIQUE INDEX "qa_offer_exception_open" ON "qa_offer_exception"("contact_id", "offer_id") WHERE "state" = 'asked';
CREATE INDEX "qa_offer_exception_due" ON "qa_offer_exception"("deadline_at") WHERE "deadline_at" IS NOT NULL;
CREATE INDEX "qa_offer_exception_unanswered" ON "qa_offer_exception"("asked_at") WHERE "answer_call" = 'open' AND "state" <> 'asked';
ALTER TABLE "qa_offer_exception" ADD CONSTRAINT "qa_offer_exception_offer_id_fkey"
  FOREIGN KEY ("offer_id") REFERENCES "qa_offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "qa_offer_exception_event" (
    "id" BIGSERIAL NOT NULL,
    "exception_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "qa_offer_exception_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "qa_offer_exception_event_exception_id_id_idx" ON "qa_offer_exception_event"("exception_id", "id");
ALTER TABLE "qa_offer_exception_event" ADD CONSTRAINT "qa_offer_exception_event_exception_id_fkey"
  FOREIGN KEY ("exception_id") REFERENCES "qa_offer_exception"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "qa_offer_exception_event_append_only" BEFORE UPDATE OR DELETE ON "qa_offer_exception_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
ALTER TABLE "qa_offer_use" ADD CONSTRAINT "qa_offer_use_exception"
  FOREIGN KEY ("exception_id") REFERENCES "qa_offer_exception"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
