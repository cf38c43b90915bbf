-- Hold and transfer: since when the customer hears music, to whom they are on the way, and agents with a part in another's call.
ALTER TABLE "attempt" ADD COLUMN "held_at" TIMESTAMPTZ(3);
ALTER TABLE "attempt" ADD COLUMN "transfer" JSONB;
ALTER TABLE "attempt" DROP CONSTRAINT "attempt_closing_known";
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_closing_known" CHECK ("closing" IN ('abandoned', 'machine', 'canceled', 'hung-up', 'agent-lost', 'transferred'));

ALTER TABLE "agent_desk" ADD COLUMN "aside_attempt_id" UUID;
ALTER TABLE "agent_desk" ADD COLUMN "aside_role" TEXT;
ALTER TABLE "agent_desk" ADD CONSTRAINT "agent_desk_aside_known" CHECK ("aside_role" IN ('helper', 'giver'));
ALTER TABLE "agent_desk" ADD CONSTRAINT "agent_desk_aside_whole" CHECK (("aside_role" IS NULL) = ("aside_attempt_id" IS NULL));

-- CreateIndex
CREATE UNIQUE INDEX "agent_desk_aside" ON "agent_desk"("aside_attempt_id", "aside_role") WHERE (aside_attempt_id IS NOT NULL);
