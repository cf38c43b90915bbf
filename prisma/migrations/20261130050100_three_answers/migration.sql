-- What a customer says in a return call has three steps (S4). Who was satisfied stays so, who was not neither; nobody was asked for the middle.
ALTER TABLE "qa_case" ADD COLUMN "satisfaction" TEXT;
UPDATE "qa_case" SET "satisfaction" = CASE WHEN "satisfied" THEN 'satisfied' ELSE 'not-satisfied' END WHERE "satisfied" IS NOT NULL;
ALTER TABLE "qa_case" DROP COLUMN "satisfied";
ALTER TABLE "qa_case" ADD CONSTRAINT "qa_case_satisfaction_known" CHECK ("satisfaction" IN ('satisfied', 'fairly-satisfied', 'not-satisfied'));

-- Each call keeps its own answer, in these words instead of a sale's. A call in which nobody gave one counts as not made.
UPDATE "qa_task_call" SET "result" = CASE "result" WHEN 'confirmed' THEN 'satisfied' WHEN 'wants-to-think' THEN 'unreachable' ELSE 'not-satisfied' END
 WHERE "kind" = 'return-call' AND "result" IN ('confirmed', 'declined', 'unresolved', 'wants-to-think');
-- Where the call itself says nothing, its case does, if it was the only one that was made.
UPDATE "qa_task_call" t SET "result" = k."satisfaction" FROM "qa_case" k
 WHERE k."id" = t."case_id" AND t."kind" = 'return-call' AND t."state" = 'done' AND t."result" IS NULL AND k."satisfaction" IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM "qa_task_call" o WHERE o."case_id" = t."case_id" AND o."id" <> t."id" AND o."kind" = 'return-call' AND o."state" = 'done');
ALTER TABLE "qa_task_call" ADD CONSTRAINT "qa_task_call_result_known" CHECK (
  CASE WHEN "kind" = 'return-call' THEN "result" IN ('satisfied', 'fairly-satisfied', 'not-satisfied', 'unreachable')
       ELSE "result" IN ('confirmed', 'declined', 'wants-to-think', 'unresolved', 'unreachable') END);
