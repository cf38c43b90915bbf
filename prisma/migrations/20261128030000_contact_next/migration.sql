-- The contacts to dial next in their full order: a list whose contacts are all due at one moment was sorted anew for each claim.
CREATE INDEX "contact_next" ON "contact"("campaign_id", "priority" DESC, "due_at", "line", "id") WHERE (state = 'waiting'::text);
