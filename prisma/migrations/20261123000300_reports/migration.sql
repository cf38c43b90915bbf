-- CreateTable
CREATE TABLE "weekly_summary" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "weekly_summary_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "weekly_summary_published_at_idx" ON "weekly_summary"("published_at");

-- CreateIndex
CREATE UNIQUE INDEX "weekly_summary_campaign_id_from_day_key" ON "weekly_summary"("campaign_id", "from_day");

CREATE TRIGGER "weekly_summary_frozen" BEFORE UPDATE OR DELETE ON "weekly_summary" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "weekly_summary_no_truncate" BEFORE TRUNCATE ON "weekly_summary" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
