-- Who spoke how much of a call, measured while its recording is stored: it says where a fault is likelier, and is heard first (Q12).
alter table recording add column agent_talk_share double precision check (agent_talk_share between 0 and 1);
alter table qa_conversation add column agent_talk_share double precision check (agent_talk_share between 0 and 1);
