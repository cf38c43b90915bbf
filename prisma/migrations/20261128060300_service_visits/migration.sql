-- Visits to a customer are cases too (K5), with deadlines in hours of the clock.
ALTER TABLE "qa_case" DROP CONSTRAINT "qa_case_kind_known";
ALTER TABLE "qa_case" ADD CONSTRAINT "qa_case_kind_known" CHECK ("kind" IN ('complaint', 'problem', 'question', 'suggestion', 'client-remark', 'service-visit'));
