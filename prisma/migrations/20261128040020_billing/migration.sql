-- The feed of clients' billing systems: gapless numbers in commit order, and deliveries.
CREATE TABLE "qa_billing_feed" (
    "client_id" UUID NOT NULL,
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "delivered_seq" BIGINT NOT NULL DEFAULT 0,
    "endpoint" TEXT,
    "secret" TEXT NOT NULL DEFAULT replace((gen_random_uuid())::text || (gen_random_uuid())::text, '-'::text, ''::text),
    "changed_at" TIMESTAMPTZ(3),
    "changed_by" UUID,

    CONSTRAINT "qa_billing_feed_pkey" PRIMARY KEY ("client_id")
);

CREATE TABLE "qa_billing_entry" (
    "client_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sale_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "change" TEXT NOT NULL,
    "bill_from" TIMESTAMPTZ(3),
    "trial_ends_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "options" TEXT[],

    CONSTRAINT "qa_billing_entry_pkey" PRIMARY KEY ("client_id","seq")
);
CREATE UNIQUE INDEX "qa_billing_entry_id_key" ON "qa_billing_entry"("id");
CREATE INDEX "qa_billing_entry_sale_id_idx" ON "qa_billing_entry"("sale_id");
CREATE TRIGGER "qa_billing_entry_append_only" BEFORE UPDATE OR DELETE ON "qa_billing_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TABLE "qa_billing_delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "client_id" UUID NOT NULL,
    "from_seq" BIGINT NOT NULL,
    "to_seq" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "qa_billing_delivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "qa_billing_delivery_client_id_from_seq_key" ON "qa_billing_delivery"("client_id", "from_seq");
CREATE INDEX "qa_billing_delivery_due" ON "qa_billing_delivery"("next_try_at") WHERE (state = 'waiting'::text);

-- Sales from before the feed, in the order in which they became what they are.
INSERT INTO "qa_billing_entry" ("client_id", "seq", "at", "sale_id", "attempt_id", "campaign_id", "change", "trial_ends_at", "reason", "options")
SELECT k.client_id, row_number() OVER (PARTITION BY k.client_id ORDER BY e.id), e.at, r.id, r.attempt_id, r.campaign_id,
       CASE WHEN e.kind = 'trial-extended' THEN 'extended'
            WHEN e.detail ->> 'to' IN ('valid', 'trial', 'billable', 'void', 'cancelled') THEN e.detail ->> 'to' ELSE 'withheld' END,
       CASE WHEN e.kind = 'trial-extended' THEN to_timestamp((e.detail ->> 'trialEndsAt')::float8 / 1000)
            WHEN e.detail ->> 'to' = 'trial' THEN r.trial_ends_at END,
       e.detail ->> 'reason', ARRAY[]::TEXT[]
  FROM "qa_sale_event" e JOIN "qa_sale" r ON r.id = e.sale_id JOIN "campaign" k ON k.id = r.campaign_id
 WHERE e.kind = 'trial-extended'
    OR (e.kind = 'moved' AND (e.detail ->> 'to' IN ('valid', 'trial', 'billable', 'void', 'cancelled')
                              OR e.detail ->> 'from' IN ('valid', 'trial', 'billable')));
INSERT INTO "qa_billing_feed" ("client_id", "last_seq") SELECT client_id, max(seq) FROM "qa_billing_entry" GROUP BY client_id;
