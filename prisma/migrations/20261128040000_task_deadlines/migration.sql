-- Task calls whose deadline has passed are found without reading the lists.
CREATE INDEX "contact_task_deadline" ON "contact"("deadline_at") WHERE (origin IS NOT NULL AND state = 'waiting'::text);
