-- The few inspections that a complaint asked for stand for their judges among the draws of their day: found apart from all others, which are read in their order.
CREATE INDEX "qa_inspection_complaint" ON "qa_inspection"("drawn_at") WHERE (kind = 'forced'::text AND reason = 'complaint'::text);
