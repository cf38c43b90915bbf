-- How a client's customers are valued (L6), in versions.
CREATE TABLE "customer_value_settings" (
    "centre_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "customer_value_settings_pkey" PRIMARY KEY ("centre_id", "client_id", "version")
);
ALTER TABLE "customer_value_settings" ADD FOREIGN KEY ("centre_id") REFERENCES "centre"("id"), ADD FOREIGN KEY ("client_id") REFERENCES "client"("id");
