-- Texts to customers and their replies.
CREATE TABLE "text_message" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "origin_kind" TEXT NOT NULL,
    "origin_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'intended',
    "carrier_message_id" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "send_until" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "text_message_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "text_message_carrier_message_id_key" ON "text_message"("carrier_message_id");
CREATE UNIQUE INDEX "text_message_origin_kind_origin_id_key" ON "text_message"("origin_kind", "origin_id");
CREATE INDEX "text_due" ON "text_message"("next_try_at") WHERE (next_try_at IS NOT NULL);
CREATE INDEX "text_awaited" ON "text_message"("number", "created_at") WHERE (origin_kind = 'terms'::text AND answered_at IS NULL);

CREATE TABLE "text_reply" (
    "carrier_message_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "ours" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reading" TEXT NOT NULL,
    "text_ids" UUID[],

    CONSTRAINT "text_reply_pkey" PRIMARY KEY ("carrier_message_id")
);
CREATE INDEX "text_reply_number_at_idx" ON "text_reply"("number", "at");
CREATE INDEX "text_reply_texts" ON "text_reply" USING GIN ("text_ids");
