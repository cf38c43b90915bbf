-- Organisation, campaigns, contacts, calls, agents' time, blacklist and the platform's own tables.

-- CreateTable
CREATE TABLE "attempt" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "caller_id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "settings_version" INTEGER NOT NULL,
    "script_version_id" UUID,
    "state" TEXT NOT NULL,
    "live" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 0,
    "carrier_call_id" TEXT,
    "last_sequence" INTEGER NOT NULL DEFAULT -1,
    "agent_id" UUID,
    "intended_at" TIMESTAMPTZ(3) NOT NULL,
    "placed_at" TIMESTAMPTZ(3),
    "ringing_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "connected_at" TIMESTAMPTZ(3),
    "abandoned_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "deadline_at" TIMESTAMPTZ(3),
    "detection" TEXT,
    "outcome" TEXT,
    "disposition" TEXT,
    "outcome_detail" JSONB,
    "outcome_at" TIMESTAMPTZ(3),
    "decision_id" BIGINT,
    "error" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_event" (
    "id" BIGSERIAL NOT NULL,
    "attempt_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "attempt_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recording" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "attempt_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'expected',
    "carrier_recording_id" TEXT,
    "source_url" TEXT,
    "talk_started_at" TIMESTAMPTZ(3) NOT NULL,
    "talk_ms" INTEGER,
    "duration_ms" INTEGER,
    "channels" INTEGER,
    "bytes" INTEGER,
    "sha256" TEXT,
    "path" TEXT,
    "problem" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "stored_at" TIMESTAMPTZ(3),
    "holds" INTEGER NOT NULL DEFAULT 0,
    "erase_after" TIMESTAMPTZ(3),

    CONSTRAINT "recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pacing_decision" (
    "id" BIGSERIAL NOT NULL,
    "campaign_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "placed" INTEGER NOT NULL,
    "claimed" INTEGER NOT NULL DEFAULT 0,
    "why" TEXT NOT NULL,
    "saw" JSONB NOT NULL,

    CONSTRAINT "pacing_decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pacing_memory" (
    "campaign_id" UUID NOT NULL,
    "policy" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "memory" JSONB NOT NULL,

    CONSTRAINT "pacing_memory_pkey" PRIMARY KEY ("campaign_id")
);

-- CreateTable
CREATE TABLE "agent_desk" (
    "user_id" UUID NOT NULL,
    "team_id" UUID,
    "campaign_id" UUID,
    "presence" TEXT NOT NULL DEFAULT 'signed-out',
    "activity" TEXT NOT NULL DEFAULT 'none',
    "since" TIMESTAMPTZ(3) NOT NULL,
    "rest_since" TIMESTAMPTZ(3) NOT NULL,
    "attempt_id" UUID,
    "break_reason" TEXT,
    "next_presence" TEXT,
    "next_reason" TEXT,
    "deadline_at" TIMESTAMPTZ(3),
    "room" TEXT,
    "leg_id" TEXT,
    "leg_state" TEXT NOT NULL DEFAULT 'absent',
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "may_sell" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "agent_desk_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "agent_interval" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "team_id" UUID,
    "campaign_id" UUID,
    "presence" TEXT NOT NULL,
    "activity" TEXT NOT NULL,
    "reason" TEXT,
    "attempt_id" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_interval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blacklist_entry" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "scope_id" TEXT,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "added_by" UUID,
    "ends_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "removed_by" UUID,
    "removal" TEXT,
    "external_id" UUID,

    CONSTRAINT "blacklist_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_blacklist" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_by" UUID,
    "stale_days" INTEGER NOT NULL DEFAULT 31,
    "entries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "external_blacklist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "script_version_id" UUID,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL DEFAULT 'marketing',
    "state" TEXT NOT NULL DEFAULT 'draft',
    "settings" JSONB NOT NULL,
    "settings_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_settings" (
    "campaign_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "campaign_settings_pkey" PRIMARY KEY ("campaign_id","version")
);

-- CreateTable
CREATE TABLE "campaign_team" (
    "campaign_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,

    CONSTRAINT "campaign_team_pkey" PRIMARY KEY ("campaign_id","team_id")
);

-- CreateTable
CREATE TABLE "caller_id" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "daily_cap" INTEGER,

    CONSTRAINT "caller_id_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_list" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "encoding" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "failure" JSONB,
    "total" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "imported_by" UUID,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rejected_line" (
    "list_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "field" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "rejected_line_pkey" PRIMARY KEY ("list_id","line")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "line" INTEGER NOT NULL DEFAULT 0,
    "name" TEXT NOT NULL DEFAULT '',
    "time_zone" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_outcome" TEXT,
    "reason" TEXT,
    "reason_version" INTEGER,
    "agent_id" UUID,
    "needs_agent" BOOLEAN NOT NULL DEFAULT false,
    "locked_until" TIMESTAMPTZ(3),
    "deadline_at" TIMESTAMPTZ(3),
    "origin" JSONB,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_number" (
    "contact_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "dead" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "contact_number_pkey" PRIMARY KEY ("contact_id","position")
);

-- CreateTable
CREATE TABLE "centre" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "work_week" INTEGER[],

    CONSTRAINT "centre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_day" (
    "centre_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "working" BOOLEAN NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("centre_id","date")
);

-- CreateTable
CREATE TABLE "client" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,

    CONSTRAINT "client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "username" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "centre_id" UUID,
    "team_id" UUID,
    "client_id" UUID,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "phone_address" TEXT,
    "failed_logins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "client_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "line" TEXT NOT NULL DEFAULT '',
    "tariff_text" TEXT NOT NULL,
    "trial_days" INTEGER NOT NULL DEFAULT 0,
    "options" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "script" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "product_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "script_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "script_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "script_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "text_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_at" TIMESTAMPTZ(3),
    "approved_by" UUID,

    CONSTRAINT "script_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lease" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "handoff" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "handoff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "attempt_carrier_call_id_key" ON "attempt"("carrier_call_id");

-- CreateIndex
CREATE INDEX "attempt_campaign_id_intended_at_idx" ON "attempt"("campaign_id", "intended_at");

-- CreateIndex
CREATE INDEX "attempt_campaign_id_answered_at_idx" ON "attempt"("campaign_id", "answered_at");

-- CreateIndex
CREATE INDEX "attempt_contact_id_intended_at_idx" ON "attempt"("contact_id", "intended_at");

-- CreateIndex
CREATE INDEX "attempt_number_intended_at_idx" ON "attempt"("number", "intended_at");

-- CreateIndex
CREATE INDEX "attempt_agent_id_connected_at_idx" ON "attempt"("agent_id", "connected_at");

-- CreateIndex
CREATE INDEX "attempt_deadline_at_idx" ON "attempt"("deadline_at");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_live_number" ON "attempt"("number") WHERE (live);

-- CreateIndex
CREATE INDEX "attempt_event_attempt_id_id_idx" ON "attempt_event"("attempt_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "recording_attempt_id_key" ON "recording"("attempt_id");

-- CreateIndex
CREATE INDEX "recording_state_next_try_at_idx" ON "recording"("state", "next_try_at");

-- CreateIndex
CREATE INDEX "recording_campaign_id_talk_started_at_idx" ON "recording"("campaign_id", "talk_started_at");

-- CreateIndex
CREATE INDEX "recording_agent_id_talk_started_at_idx" ON "recording"("agent_id", "talk_started_at");

-- CreateIndex
CREATE INDEX "pacing_decision_campaign_id_at_idx" ON "pacing_decision"("campaign_id", "at");

-- CreateIndex
CREATE INDEX "agent_desk_campaign_id_presence_activity_rest_since_idx" ON "agent_desk"("campaign_id", "presence", "activity", "rest_since");

-- CreateIndex
CREATE INDEX "agent_desk_deadline_at_idx" ON "agent_desk"("deadline_at");

-- CreateIndex
CREATE UNIQUE INDEX "agent_desk_attempt" ON "agent_desk"("attempt_id") WHERE (attempt_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "agent_interval_user_id_started_at_idx" ON "agent_interval"("user_id", "started_at");

-- CreateIndex
CREATE INDEX "agent_interval_campaign_id_started_at_idx" ON "agent_interval"("campaign_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "agent_interval_open" ON "agent_interval"("user_id") WHERE (ended_at IS NULL);

-- CreateIndex
CREATE INDEX "blacklist_entry_number_idx" ON "blacklist_entry"("number");

-- CreateIndex
CREATE INDEX "campaign_state_idx" ON "campaign"("state");

-- CreateIndex
CREATE UNIQUE INDEX "caller_id_campaign_id_number_key" ON "caller_id"("campaign_id", "number");

-- CreateIndex
CREATE INDEX "contact_list_campaign_id_idx" ON "contact_list"("campaign_id");

-- CreateIndex
CREATE INDEX "contact_campaign_id_state_priority_due_at_idx" ON "contact"("campaign_id", "state", "priority" DESC, "due_at");

-- CreateIndex
CREATE INDEX "contact_agent_id_idx" ON "contact"("agent_id");

-- CreateIndex
CREATE INDEX "contact_number_number_idx" ON "contact_number"("number");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_username_key" ON "app_user"("username");

-- CreateIndex
CREATE INDEX "app_user_team_id_idx" ON "app_user"("team_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "script_version_script_id_version_key" ON "script_version"("script_id", "version");

-- CreateIndex
CREATE INDEX "handoff_due" ON "handoff"("id") WHERE (delivered_at IS NULL);

-- CreateIndex
CREATE INDEX "audit_entry_subject_type_subject_id_idx" ON "audit_entry"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_at_idx" ON "audit_entry"("actor_id", "at");

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_event" ADD CONSTRAINT "attempt_event_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recording" ADD CONSTRAINT "recording_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_script_version_id_fkey" FOREIGN KEY ("script_version_id") REFERENCES "script_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_settings" ADD CONSTRAINT "campaign_settings_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_team" ADD CONSTRAINT "campaign_team_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_team" ADD CONSTRAINT "campaign_team_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caller_id" ADD CONSTRAINT "caller_id_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_list" ADD CONSTRAINT "contact_list_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rejected_line" ADD CONSTRAINT "rejected_line_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "contact_list"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "contact_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_number" ADD CONSTRAINT "contact_number_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_day" ADD CONSTRAINT "calendar_day_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script" ADD CONSTRAINT "script_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "script_version" ADD CONSTRAINT "script_version_script_id_fkey" FOREIGN KEY ("script_id") REFERENCES "script"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Closed unions. The names are those of dialer/rules and of the table of names in README.md.
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_role_known" CHECK ("role" IN ('agent', 'lead', 'inspector', 'supervisor', 'manager', 'client', 'administrator'));
ALTER TABLE "script_version" ADD CONSTRAINT "script_version_state_known" CHECK ("state" IN ('draft', 'submitted', 'approved', 'withdrawn'));
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_state_known" CHECK ("state" IN ('draft', 'running', 'paused', 'finished'));
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_purpose_known" CHECK ("purpose" IN ('marketing', 'corrective', 'verification', 'confirmation', 'return-call', 'survey'));
ALTER TABLE "contact_list" ADD CONSTRAINT "contact_list_state_known" CHECK ("state" IN ('importing', 'ready', 'failed'));
ALTER TABLE "contact" ADD CONSTRAINT "contact_state_known" CHECK ("state" IN ('waiting', 'in-attempt', 'finished'));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_state_known" CHECK ("state" IN ('intended', 'placing', 'uncertain', 'queued', 'ringing', 'answered', 'waiting', 'reserved', 'connected', 'ended'));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_live_until_ended" CHECK ("live" = ("state" <> 'ended'));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_mode_known" CHECK ("mode" IN ('manual', 'preview', 'progressive', 'predictive'));
ALTER TABLE "recording" ADD CONSTRAINT "recording_state_known" CHECK ("state" IN ('expected', 'announced', 'stored', 'damaged', 'lost', 'erased'));
ALTER TABLE "agent_desk" ADD CONSTRAINT "agent_desk_presence_known" CHECK ("presence" IN ('signed-out', 'signed-in', 'on-break'));
ALTER TABLE "agent_desk" ADD CONSTRAINT "agent_desk_activity_known" CHECK ("activity" IN ('none', 'ready', 'reserved', 'ringing', 'talking', 'wrap-up'));
ALTER TABLE "agent_interval" ADD CONSTRAINT "agent_interval_forward" CHECK ("ended_at" IS NULL OR "ended_at" >= "started_at");
ALTER TABLE "blacklist_entry" ADD CONSTRAINT "blacklist_entry_scope_known" CHECK ("scope" IN ('all', 'product-line', 'campaign'));

-- What must stay as it was written, whoever asks.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows are append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "campaign_settings_append_only" BEFORE UPDATE OR DELETE ON "campaign_settings" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "blacklist_entry_never_deleted" BEFORE DELETE ON "blacklist_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "attempt_event_append_only" BEFORE UPDATE OR DELETE ON "attempt_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
