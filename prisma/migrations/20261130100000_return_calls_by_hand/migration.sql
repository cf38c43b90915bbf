-- A return call that somebody makes by hand, of a case that no call or campaign of ours stands behind.
alter table qa_task_call alter column campaign_id drop not null;
alter table qa_task_call alter column source_attempt_id drop not null;
alter table qa_task_call add constraint qa_task_call_by_hand
  check (kind = 'return-call' and case_id is not null or campaign_id is not null and source_attempt_id is not null);
