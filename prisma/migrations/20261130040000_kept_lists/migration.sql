-- What a published summary's figures of quality counted, one row a figure instead of one row a thing: tens of thousands of rows with a wide
-- key were a fifth of the time that publishing a big week took. A thing is 56 bytes: time in ms, its id, its call, its agent (zeros: none).
CREATE TABLE "weekly_summary_list" (
    "summary_id" UUID NOT NULL,
    "week" TEXT NOT NULL,
    "figure" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "things" BYTEA NOT NULL,

    CONSTRAINT "weekly_summary_list_pkey" PRIMARY KEY ("summary_id","week","figure","detail")
);
-- Ids do not compress; trying to would cost more than writing them.
ALTER TABLE "weekly_summary_list" ALTER COLUMN "things" SET STORAGE EXTERNAL;
INSERT INTO "weekly_summary_list" ("summary_id", "week", "figure", "detail", "things")
SELECT summary_id, 'this', figure, detail,
       string_agg(int8send((extract(epoch FROM at) * 1000)::bigint) || uuid_send(thing_id)
                  || uuid_send(coalesce(attempt_id, '00000000-0000-0000-0000-000000000000'::uuid))
                  || uuid_send(coalesce(agent_id, '00000000-0000-0000-0000-000000000000'::uuid)), ''::bytea ORDER BY at DESC, thing_id DESC)
  FROM "weekly_summary_thing" GROUP BY 1, 3, 4;
DROP TABLE "weekly_summary_thing";
CREATE TRIGGER "weekly_summary_list_frozen" BEFORE UPDATE OR DELETE ON "weekly_summary_list" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "weekly_summary_list_no_truncate" BEFORE TRUNCATE ON "weekly_summary_list" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
