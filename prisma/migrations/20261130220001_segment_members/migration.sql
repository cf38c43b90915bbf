-- Customers' types for a month: nobody is in two (L3).
CREATE TABLE "segment_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sorted_by" UUID,
    "counts" JSONB NOT NULL,

    CONSTRAINT "segment_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "segment_run_centre_id_client_id_at_idx" ON "segment_run"("centre_id", "client_id", "at" DESC);

CREATE TABLE "segment_member" (
    "customer_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "type" TEXT NOT NULL,
    "run_id" UUID NOT NULL,

    CONSTRAINT "segment_member_pkey" PRIMARY KEY ("customer_id", "month")
);
CREATE INDEX "segment_member_run_id_type_idx" ON "segment_member"("run_id", "type");
ALTER TABLE "segment_member" ADD CONSTRAINT "segment_member_run_id_fkey"
  FOREIGN KEY ("run_id") REFERENCES "segment_run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "segment_member" ADD FOREIGN KEY ("customer_id") REFERENCES "customer"("id");

-- Who was handed to a campaign in a month, and as what. One row for both: nobody is handed out twice, whoever else does it at that moment.
CREATE TABLE "extraction" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "list_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "type_name" JSONB NOT NULL,
    "month" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL,
    "left_out" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "extracted_by" UUID,

    CONSTRAINT "extraction_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "extraction_centre_id_at_idx" ON "extraction"("centre_id", "at" DESC);
CREATE INDEX "extraction_team_id_at_idx" ON "extraction"("team_id", "at" DESC);
CREATE UNIQUE INDEX "extraction_list_id_key" ON "extraction"("list_id");
ALTER TABLE "extraction" ADD FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id"), ADD FOREIGN KEY ("team_id") REFERENCES "team"("id"),
  ADD FOREIGN KEY ("list_id") REFERENCES "contact_list"("id");

CREATE TABLE "extracted_customer" (
    "customer_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "type" TEXT NOT NULL,
    "extraction_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,

    CONSTRAINT "extracted_customer_pkey" PRIMARY KEY ("customer_id", "month")
);
CREATE INDEX "extracted_customer_extraction_id_idx" ON "extracted_customer"("extraction_id");
CREATE UNIQUE INDEX "extracted_customer_contact_id_key" ON "extracted_customer"("contact_id");
ALTER TABLE "extracted_customer" ADD CONSTRAINT "extracted_customer_extraction_id_fkey"
  FOREIGN KEY ("extraction_id") REFERENCES "extraction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "extracted_customer" ADD FOREIGN KEY ("customer_id") REFERENCES "customer"("id");
