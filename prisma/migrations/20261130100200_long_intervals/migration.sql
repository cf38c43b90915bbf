-- Cards read the intervals of a span by their starts, a day before it on; the few that are longer are found by themselves.
create index agent_interval_long on agent_interval (ended_at) where ended_at - started_at > interval '1 day';
