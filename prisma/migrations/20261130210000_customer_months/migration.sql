-- What clients know of their customers, month by month (L2, L5, L6), as they tell it.
CREATE TABLE "customer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "number" TEXT NOT NULL,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "customer_centre_id_client_id_number_key" ON "customer"("centre_id", "client_id", "number");
ALTER TABLE "customer" ADD FOREIGN KEY ("centre_id") REFERENCES "centre"("id"), ADD FOREIGN KEY ("client_id") REFERENCES "client"("id");

CREATE TABLE "customer_import" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "file_name" TEXT NOT NULL,
    "encoding" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL,
    "failure" JSONB,
    "total" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "by_status" JSONB NOT NULL DEFAULT '{}',
    "imported_by" UUID,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "replaces_id" UUID,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,
    "replaced_at" TIMESTAMPTZ(3),
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" UUID,

    CONSTRAINT "customer_import_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "customer_import_states" CHECK ("state" IN ('importing', 'ready', 'replaced', 'failed')),
    CONSTRAINT "customer_import_month" CHECK (extract(day FROM "month") = 1)
);
CREATE INDEX "customer_import_centre_id_client_id_month_imported_at_idx" ON "customer_import"("centre_id", "client_id", "month" DESC, "imported_at" DESC);
CREATE UNIQUE INDEX "customer_import_in_force" ON "customer_import"("centre_id", "client_id", "month") WHERE (state = 'ready'::text);
ALTER TABLE "customer_import" ADD FOREIGN KEY ("centre_id") REFERENCES "centre"("id"), ADD FOREIGN KEY ("client_id") REFERENCES "client"("id"),
  ADD FOREIGN KEY ("replaces_id") REFERENCES "customer_import"("id");

CREATE TABLE "customer_rejected_line" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "field" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "customer_rejected_line_pkey" PRIMARY KEY ("import_id", "line")
);
ALTER TABLE "customer_rejected_line" ADD CONSTRAINT "customer_rejected_line_import_id_fkey"
  FOREIGN KEY ("import_id") REFERENCES "customer_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "customer_month" (
    "import_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "bill" INTEGER NOT NULL,
    "services" INTEGER,
    "contribution" INTEGER,
    "tenure_start" DATE,
    "contract_end" DATE,
    "changes" TEXT[],

    CONSTRAINT "customer_month_pkey" PRIMARY KEY ("import_id", "number"),
    CONSTRAINT "customer_month_statuses" CHECK ("status" IN ('in-service', 'lost', 'suspended', 'arrears', 'pre-cancelled', 'cancelled'))
);
CREATE UNIQUE INDEX "customer_month_import_id_line_key" ON "customer_month"("import_id", "line");
ALTER TABLE "customer_month" ADD CONSTRAINT "customer_month_import_id_fkey"
  FOREIGN KEY ("import_id") REFERENCES "customer_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
