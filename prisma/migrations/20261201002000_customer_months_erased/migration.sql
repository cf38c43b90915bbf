-- Customers' months go when they have been kept long enough (R3); the table stays as the word of it, without a customer.
ALTER TABLE "customer_import" ADD COLUMN "erased" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "erased_at" TIMESTAMPTZ(3);
ALTER TABLE "customer_import" DROP CONSTRAINT "customer_import_states";
ALTER TABLE "customer_import" ADD CONSTRAINT "customer_import_states"
  CHECK ("state" IN ('importing', 'ready', 'replaced', 'failed', 'erased'));
