-- Plans of repeated calls (V2, L4): their versions, the days they laid out, and whom they gave a turn.
CREATE TABLE "call_plan" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "settings" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "seed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,

    CONSTRAINT "call_plan_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "call_plan_states" CHECK ("state" IN ('active', 'paused'))
);
CREATE INDEX "call_plan_campaign_id_idx" ON "call_plan"("campaign_id");
ALTER TABLE "call_plan" ADD CONSTRAINT "call_plan_campaign_id_fkey"
  FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "call_plan_version" (
    "plan_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "call_plan_version_pkey" PRIMARY KEY ("plan_id", "version")
);
ALTER TABLE "call_plan_version" ADD CONSTRAINT "call_plan_version_plan_id_fkey"
  FOREIGN KEY ("plan_id") REFERENCES "call_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "call_plan_day" (
    "plan_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "population" INTEGER NOT NULL,
    "laid" INTEGER NOT NULL,
    "left_out" JSONB NOT NULL,

    CONSTRAINT "call_plan_day_pkey" PRIMARY KEY ("plan_id", "day")
);
ALTER TABLE "call_plan_day" ADD CONSTRAINT "call_plan_day_plan_id_fkey"
  FOREIGN KEY ("plan_id") REFERENCES "call_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "call_plan_turn" (
    "plan_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "turn" DATE NOT NULL,
    "day" DATE NOT NULL,
    "place" INTEGER NOT NULL,
    "contact_id" UUID NOT NULL,

    CONSTRAINT "call_plan_turn_pkey" PRIMARY KEY ("plan_id", "number", "turn")
);
CREATE UNIQUE INDEX "call_plan_turn_contact_id_key" ON "call_plan_turn"("contact_id");
CREATE INDEX "call_plan_turn_plan_id_day_idx" ON "call_plan_turn"("plan_id", "day");
ALTER TABLE "call_plan_turn" ADD CONSTRAINT "call_plan_turn_plan_id_fkey"
  FOREIGN KEY ("plan_id") REFERENCES "call_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a plan lays out are contacts like any others, on a list of its own for each of its periods.
ALTER TABLE "contact_list" ADD COLUMN "plan_id" UUID, ADD COLUMN "plan_from" DATE;
CREATE UNIQUE INDEX "contact_list_plan_id_plan_from_key" ON "contact_list"("plan_id", "plan_from");
ALTER TABLE "contact_list" ADD CONSTRAINT "contact_list_plan_id_fkey"
  FOREIGN KEY ("plan_id") REFERENCES "call_plan"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "contact" ADD COLUMN "plan_terms" JSONB;
