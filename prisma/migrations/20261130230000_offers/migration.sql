-- Offers of campaigns (L7), their versions, and the sales made with them.
CREATE TABLE "qa_offer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'offered',
    "terms" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "qa_offer_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "qa_offer_states" CHECK ("state" IN ('offered', 'withdrawn'))
);
CREATE INDEX "qa_offer_campaign_id_idx" ON "qa_offer"("campaign_id");
ALTER TABLE "qa_offer" ADD CONSTRAINT "qa_offer_campaign_id_fkey"
  FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "qa_offer_version" (
    "offer_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "qa_offer_version_pkey" PRIMARY KEY ("offer_id", "version")
);
ALTER TABLE "qa_offer_version" ADD CONSTRAINT "qa_offer_version_offer_id_fkey"
  FOREIGN KEY ("offer_id") REFERENCES "qa_offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "qa_offer_version_append_only" BEFORE UPDATE OR DELETE ON "qa_offer_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TABLE "qa_offer_use" (
    "attempt_id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "agent_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "exception_id" UUID,

    CONSTRAINT "qa_offer_use_pkey" PRIMARY KEY ("attempt_id")
);
CREATE INDEX "qa_offer_use_offer_id_at_idx" ON "qa_offer_use"("offer_id", "at");
ALTER TABLE "qa_offer_use" ADD CONSTRAINT "qa_offer_use_offer_id_fkey"
  FOREIGN KEY ("offer_id") REFERENCES "qa_offer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What was told the customer is a version that there was.
ALTER TABLE "qa_offer_use" ADD CONSTRAINT "qa_offer_use_version"
  FOREIGN KEY ("offer_id", "version") REFERENCES "qa_offer_version"("offer_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "qa_offer_use" ADD CONSTRAINT "qa_offer_use_attempt"
  FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
