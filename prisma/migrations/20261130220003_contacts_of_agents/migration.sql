-- An allocation binds thousands of contacts to their agents: the next one of each agent is found without looking at the others.
CREATE INDEX "contact_of_agent" ON "contact"("agent_id", "campaign_id", "priority" DESC, "due_at") WHERE (state = 'waiting'::text AND agent_id IS NOT NULL);
