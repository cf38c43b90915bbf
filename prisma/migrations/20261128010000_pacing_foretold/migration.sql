-- What the pacing foretold of each call, so that it can be held against what came of it.
CREATE TABLE "pacing_foretold" (
    "attempt_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "decision_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "risk" DOUBLE PRECISION NOT NULL,
    "chance" DOUBLE PRECISION,

    CONSTRAINT "pacing_foretold_pkey" PRIMARY KEY ("attempt_id")
);
CREATE INDEX "pacing_foretold_campaign_id_at_idx" ON "pacing_foretold"("campaign_id", "at");
