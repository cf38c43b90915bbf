-- Quality: draws, inspections and their register, sales, task calls, levels, cases.
-- CreateTable
CREATE TABLE "qa_conversation" (
    "attempt_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "team_id" UUID,
    "purpose" TEXT NOT NULL,
    "settings_version" INTEGER NOT NULL,
    "script_version_id" UUID,
    "connected_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "talk_ms" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "disposition" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "self_check" JSONB,
    "must_say_ticked" TEXT[],
    "note" TEXT NOT NULL DEFAULT '',
    "origin" JSONB,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "closed" BOOLEAN NOT NULL DEFAULT false,
    "recording_id" UUID,
    "recording_state" TEXT,
    "duration_ms" INTEGER,
    "stored_at" TIMESTAMPTZ(3),
    "frame_no" BIGINT,

    CONSTRAINT "qa_conversation_pkey" PRIMARY KEY ("attempt_id")
);

-- CreateTable
CREATE TABLE "qa_draw" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "campaign_id" UUID NOT NULL,
    "period_from" DATE NOT NULL,
    "period_to" DATE NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,
    "algorithm" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "frame_size" INTEGER NOT NULL,
    "frame_hash" TEXT NOT NULL,
    "frame_after" BIGINT NOT NULL,
    "frame_up_to" BIGINT NOT NULL,
    "forced" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "commitment" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "qa_draw_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_draw_frame" (
    "draw_id" UUID NOT NULL,
    "piece" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "lines" BYTEA NOT NULL,

    CONSTRAINT "qa_draw_frame_pkey" PRIMARY KEY ("draw_id","piece")
);

-- CreateTable
CREATE TABLE "qa_draw_item" (
    "draw_id" UUID NOT NULL,
    "recording_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "reason" TEXT NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "qa_draw_item_pkey" PRIMARY KEY ("draw_id","recording_id")
);

-- CreateTable
CREATE TABLE "qa_draw_key" (
    "campaign_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "period_from" DATE NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "commitment" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "qa_draw_key_pkey" PRIMARY KEY ("campaign_id","kind","period_from","round")
);

-- CreateTable
CREATE TABLE "qa_inspection" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "recording_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "draw_id" UUID,
    "reason" TEXT NOT NULL,
    "probability" DOUBLE PRECISION,
    "form_id" TEXT NOT NULL,
    "form_version" INTEGER NOT NULL,
    "assigned_to" UUID,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "scored_at" TIMESTAMPTZ(3),
    "scored_by" UUID,
    "pair_id" UUID,
    "qualified" BOOLEAN,
    "failed" TEXT[],
    "risk" JSONB,
    "life" JSONB NOT NULL DEFAULT '{}',
    "draft" JSONB NOT NULL DEFAULT '[]',
    "sale_id" UUID,
    "task_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "qa_inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_register_entry" (
    "id" BIGSERIAL NOT NULL,
    "inspection_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID,
    "entry" TEXT NOT NULL,
    "qualified" BOOLEAN,
    "answers" JSONB NOT NULL DEFAULT '[]',
    "text" TEXT NOT NULL DEFAULT '',
    "listened_seconds" DOUBLE PRECISION,

    CONSTRAINT "qa_register_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_sale" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "attempt_id" UUID NOT NULL,
    "recording_id" UUID,
    "campaign_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3),
    "trial_ends_at" TIMESTAMPTZ(3),
    "extensions" INTEGER NOT NULL DEFAULT 0,
    "inspected" BOOLEAN NOT NULL DEFAULT false,
    "qualified" BOOLEAN,
    "life" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "qa_sale_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_sale_event" (
    "id" BIGSERIAL NOT NULL,
    "sale_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "by" UUID,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "qa_sale_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_task_call" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "sale_id" UUID,
    "case_id" UUID,
    "campaign_id" UUID NOT NULL,
    "source_attempt_id" UUID NOT NULL,
    "agent_id" UUID,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "result" TEXT,
    "done_attempt_id" UUID,
    "inspection_id" UUID,
    "why" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "qa_task_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_inspection_level" (
    "agent_id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "why" TEXT NOT NULL,
    "life" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "qa_inspection_level_pkey" PRIMARY KEY ("agent_id")
);

-- CreateTable
CREATE TABLE "qa_level_event" (
    "id" BIGSERIAL NOT NULL,
    "agent_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "by" UUID,
    "evidence" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "qa_level_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_patrol" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "inspector_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "attempt_id" UUID,
    "observation" TEXT NOT NULL,
    "marks" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "qa_patrol_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_case" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" UUID,
    "deadline_at" TIMESTAMPTZ(3),
    "first_contact_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "campaign_id" UUID,
    "attempt_id" UUID,
    "contact_id" UUID,
    "agent_id" UUID,
    "owner_id" UUID,
    "department" TEXT NOT NULL DEFAULT '',
    "recording_ids" UUID[],
    "sale_id" UUID,
    "duplicate_of" UUID,
    "serious" BOOLEAN NOT NULL DEFAULT false,
    "repeated" BOOLEAN NOT NULL DEFAULT false,
    "escalated" BOOLEAN NOT NULL DEFAULT false,
    "valid" BOOLEAN,
    "cause" TEXT,
    "satisfied" BOOLEAN,
    "rounds" INTEGER NOT NULL DEFAULT 0,
    "life" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "qa_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_case_event" (
    "id" BIGSERIAL NOT NULL,
    "case_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" UUID,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "qa_case_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "qa_card_weights" (
    "centre_id" UUID NOT NULL,
    "weights" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "qa_card_weights_pkey" PRIMARY KEY ("centre_id")
);

-- CreateIndex
CREATE INDEX "qa_conversation_campaign_id_day_frame_no_idx" ON "qa_conversation"("campaign_id", "day", "frame_no");

-- CreateIndex
CREATE INDEX "qa_conversation_agent_id_connected_at_idx" ON "qa_conversation"("agent_id", "connected_at");

-- CreateIndex
CREATE UNIQUE INDEX "qa_conversation_recording_id_key" ON "qa_conversation"("recording_id");

-- CreateIndex
CREATE UNIQUE INDEX "qa_draw_campaign_id_kind_period_from_round_key" ON "qa_draw"("campaign_id", "kind", "period_from", "round");

-- CreateIndex
CREATE INDEX "qa_draw_item_recording_id_idx" ON "qa_draw_item"("recording_id");

-- CreateIndex
CREATE INDEX "qa_inspection_assigned_to_state_deadline_at_idx" ON "qa_inspection"("assigned_to", "state", "deadline_at");

-- CreateIndex
CREATE INDEX "qa_inspection_campaign_id_drawn_at_idx" ON "qa_inspection"("campaign_id", "drawn_at");

-- CreateIndex
CREATE INDEX "qa_inspection_agent_id_scored_at_idx" ON "qa_inspection"("agent_id", "scored_at");

-- CreateIndex
CREATE INDEX "qa_inspection_recording_id_idx" ON "qa_inspection"("recording_id");

-- CreateIndex
CREATE INDEX "qa_inspection_state_deadline_at_idx" ON "qa_inspection"("state", "deadline_at");

-- CreateIndex
CREATE INDEX "qa_register_entry_inspection_id_id_idx" ON "qa_register_entry"("inspection_id", "id");

-- CreateIndex
CREATE INDEX "qa_register_entry_at_idx" ON "qa_register_entry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "qa_sale_attempt_id_key" ON "qa_sale"("attempt_id");

-- CreateIndex
CREATE INDEX "qa_sale_campaign_id_recorded_at_idx" ON "qa_sale"("campaign_id", "recorded_at");

-- CreateIndex
CREATE INDEX "qa_sale_agent_id_recorded_at_idx" ON "qa_sale"("agent_id", "recorded_at");

-- CreateIndex
CREATE INDEX "qa_sale_deadline_at_idx" ON "qa_sale"("deadline_at");

-- CreateIndex
CREATE INDEX "qa_sale_event_sale_id_id_idx" ON "qa_sale_event"("sale_id", "id");

-- CreateIndex
CREATE INDEX "qa_task_call_state_deadline_at_idx" ON "qa_task_call"("state", "deadline_at");

-- CreateIndex
CREATE INDEX "qa_task_call_sale_id_idx" ON "qa_task_call"("sale_id");

-- CreateIndex
CREATE INDEX "qa_task_call_agent_id_idx" ON "qa_task_call"("agent_id");

-- CreateIndex
CREATE INDEX "qa_level_event_agent_id_id_idx" ON "qa_level_event"("agent_id", "id");

-- CreateIndex
CREATE INDEX "qa_patrol_at_idx" ON "qa_patrol"("at");

-- CreateIndex
CREATE UNIQUE INDEX "qa_case_number_key" ON "qa_case"("number");

-- CreateIndex
CREATE INDEX "qa_case_state_deadline_at_idx" ON "qa_case"("state", "deadline_at");

-- CreateIndex
CREATE INDEX "qa_case_campaign_id_opened_at_idx" ON "qa_case"("campaign_id", "opened_at");

-- CreateIndex
CREATE INDEX "qa_case_agent_id_opened_at_idx" ON "qa_case"("agent_id", "opened_at");

-- CreateIndex
CREATE INDEX "qa_case_event_case_id_id_idx" ON "qa_case_event"("case_id", "id");

-- AddForeignKey
ALTER TABLE "qa_draw_frame" ADD CONSTRAINT "qa_draw_frame_draw_id_fkey" FOREIGN KEY ("draw_id") REFERENCES "qa_draw"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_draw_item" ADD CONSTRAINT "qa_draw_item_draw_id_fkey" FOREIGN KEY ("draw_id") REFERENCES "qa_draw"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_register_entry" ADD CONSTRAINT "qa_register_entry_inspection_id_fkey" FOREIGN KEY ("inspection_id") REFERENCES "qa_inspection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_sale_event" ADD CONSTRAINT "qa_sale_event_sale_id_fkey" FOREIGN KEY ("sale_id") REFERENCES "qa_sale"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "qa_case_event" ADD CONSTRAINT "qa_case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "qa_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Places in frames, given when a conversation is closed and its recording stored. Intake holds a shared lock while it
-- takes one, a draw an exclusive lock while it reads: every number up to the highest seen is then committed.
CREATE SEQUENCE "qa_frame_no";

ALTER TABLE "qa_conversation" ADD CONSTRAINT "qa_conversation_recording_known" CHECK ("recording_state" IS NULL OR "recording_state" IN ('stored', 'lost'));
ALTER TABLE "qa_draw" ADD CONSTRAINT "qa_draw_kind_known" CHECK ("kind" IN ('daily', 'weekly', 'overlap'));
ALTER TABLE "qa_inspection" ADD CONSTRAINT "qa_inspection_kind_known" CHECK ("kind" IN ('daily', 'weekly', 'overlap', 'forced', 'recheck', 'corrective', 'confirmation', 'calibration'));
ALTER TABLE "qa_inspection" ADD CONSTRAINT "qa_inspection_state_known" CHECK ("state" IN ('drawn', 'assigned', 'opened', 'scored', 'disputed', 'agreed', 'closed', 'expired'));
ALTER TABLE "qa_sale" ADD CONSTRAINT "qa_sale_state_known" CHECK ("state" IN ('recorded', 'held', 'to-verify', 'unqualified', 'valid', 'trial', 'to-confirm', 'billable', 'cancelled', 'void'));
ALTER TABLE "qa_task_call" ADD CONSTRAINT "qa_task_call_kind_known" CHECK ("kind" IN ('corrective', 'verification', 'confirmation', 'return-call'));
ALTER TABLE "qa_task_call" ADD CONSTRAINT "qa_task_call_state_known" CHECK ("state" IN ('planned', 'asked', 'done', 'overdue', 'withdrawn'));
ALTER TABLE "qa_inspection_level" ADD CONSTRAINT "qa_inspection_level_known" CHECK ("level" IN ('normal', 'tightened', 'suspended'));
ALTER TABLE "qa_case" ADD CONSTRAINT "qa_case_kind_known" CHECK ("kind" IN ('complaint', 'problem', 'question', 'suggestion', 'client-remark'));
ALTER TABLE "qa_case" ADD CONSTRAINT "qa_case_state_known" CHECK ("state" IN ('open', 'contacted', 'judged', 'answered', 'return-call', 'closed'));

-- What was drawn cannot be swapped, what was said cannot be unsaid.
CREATE TRIGGER "qa_draw_append_only" BEFORE UPDATE OR DELETE ON "qa_draw" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_draw_frame_append_only" BEFORE UPDATE OR DELETE ON "qa_draw_frame" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_draw_item_append_only" BEFORE UPDATE OR DELETE ON "qa_draw_item" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_draw_key_append_only" BEFORE UPDATE OR DELETE ON "qa_draw_key" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_register_append_only" BEFORE UPDATE OR DELETE ON "qa_register_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_register_no_truncate" BEFORE TRUNCATE ON "qa_register_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_sale_event_append_only" BEFORE UPDATE OR DELETE ON "qa_sale_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_level_event_append_only" BEFORE UPDATE OR DELETE ON "qa_level_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "qa_case_event_append_only" BEFORE UPDATE OR DELETE ON "qa_case_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
