-- What a published summary's figures of quality counted, so that the list behind a figure stays as long as the figure.
ALTER TABLE "weekly_summary" ADD COLUMN "things_kept" BOOLEAN NOT NULL DEFAULT false;
CREATE TABLE "weekly_summary_thing" (
    "summary_id" UUID NOT NULL,
    "figure" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "thing_id" UUID NOT NULL,
    "attempt_id" UUID,
    "agent_id" UUID,

    CONSTRAINT "weekly_summary_thing_pkey" PRIMARY KEY ("summary_id","figure","detail","at","thing_id")
);
CREATE TRIGGER "weekly_summary_thing_frozen" BEFORE UPDATE OR DELETE ON "weekly_summary_thing" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "weekly_summary_thing_no_truncate" BEFORE TRUNCATE ON "weekly_summary_thing" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
