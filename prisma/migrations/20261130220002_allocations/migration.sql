-- Which agent calls whom of an extraction, as the team's lead signed for it (L3). A signature stays; a later one needs a reason.
ALTER TABLE "extracted_customer" ADD COLUMN "agent_id" UUID;

CREATE TABLE "allocation" (
    "extraction_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "way" TEXT NOT NULL,
    "shares" JSONB NOT NULL,
    "nobody" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_by" UUID NOT NULL,

    CONSTRAINT "allocation_pkey" PRIMARY KEY ("extraction_id", "number"),
    CONSTRAINT "allocation_reason" CHECK ("number" = 1 OR "reason" <> '')
);
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_extraction_id_fkey"
  FOREIGN KEY ("extraction_id") REFERENCES "extraction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What an agent is there for: types of customers and regions. Empty: all of them.
CREATE TABLE "agent_skill" (
    "user_id" UUID NOT NULL,
    "types" TEXT[],
    "regions" TEXT[],
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID NOT NULL,

    CONSTRAINT "agent_skill_pkey" PRIMARY KEY ("user_id")
);
