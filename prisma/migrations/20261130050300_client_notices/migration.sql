-- What clients are told outside the product: that a week is published, that a complaint is closed. A link, never a customer's data.
CREATE TABLE "client_notice_address" (
    "client_id" UUID NOT NULL,
    "webhook" TEXT,
    "email" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "secret" TEXT NOT NULL DEFAULT replace((gen_random_uuid())::text || (gen_random_uuid())::text, '-'::text, ''::text),
    -- Nothing of before is told: whoever sets an address is not flooded with the past.
    "since" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" UUID,

    CONSTRAINT "client_notice_address_pkey" PRIMARY KEY ("client_id"),
    CONSTRAINT "client_notice_address_locale_known" CHECK ("locale" IN ('en', 'zh'))
);
CREATE TABLE "client_notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "client_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_notice_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "client_notice_kind_known" CHECK ("kind" IN ('summary', 'case')),
    CONSTRAINT "client_notice_channel_known" CHECK ("channel" IN ('webhook', 'email')),
    CONSTRAINT "client_notice_state_known" CHECK ("state" IN ('waiting', 'delivered', 'given-up', 'withdrawn'))
);
-- Told once over each channel, whoever looks, and however often.
CREATE UNIQUE INDEX "client_notice_kind_subject_id_channel_key" ON "client_notice"("kind", "subject_id", "channel");
CREATE INDEX "client_notice_client_id_created_at_idx" ON "client_notice"("client_id", "created_at");
CREATE INDEX "client_notice_due" ON "client_notice"("next_try_at") WHERE state = 'waiting'::text;
