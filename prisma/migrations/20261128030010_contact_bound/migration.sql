-- Contacts that wait for an agent are few among many: looked for every second, they were found by reading the whole list.
CREATE INDEX "contact_bound" ON "contact"("campaign_id", "priority" DESC, "due_at") WHERE (state = 'waiting'::text AND (needs_agent OR agent_id IS NOT NULL OR locked_until IS NOT NULL));
