-- The notice job looks every few seconds for what a client is to be told: only at what happened since it last looked.
create index qa_case_closed on qa_case (closed_at) where kind = 'complaint' and duplicate_of is null;
alter table client_notice_address add column planned_until timestamptz(3);
