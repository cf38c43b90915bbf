-- Each page of a campaign's contacts sorted all of them. What is claimed has its own index (contact_next), and nothing else is looked for by
-- state and priority: so the new index takes the old one's place, and a contact that changes writes no more entries than before.
create index contact_campaign_id_due_at_id_idx on contact (campaign_id, due_at, id);
drop index contact_campaign_id_state_priority_due_at_idx;
