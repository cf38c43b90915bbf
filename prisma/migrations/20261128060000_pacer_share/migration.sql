-- Campaigns share the carrier account's lines and calls per second: what each pacer holds of them.
CREATE TABLE "pacer_share" (
    "campaign_id" UUID NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "wants_lines" INTEGER NOT NULL,
    "wants_rate" DOUBLE PRECISION NOT NULL,
    "holds_lines" INTEGER NOT NULL,
    "holds_rate" DOUBLE PRECISION NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pacer_share_pkey" PRIMARY KEY ("campaign_id")
);
