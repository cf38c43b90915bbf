-- Whether another plan has given a person a turn is asked of everybody whom a plan is about.
CREATE INDEX "call_plan_turn_number_idx" ON "call_plan_turn"("number");
