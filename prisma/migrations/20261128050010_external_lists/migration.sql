-- External do-not-call lists: their numbers beside the entries, one rule over both.
ALTER TABLE "external_blacklist"
    ADD COLUMN "source" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "scope" TEXT NOT NULL DEFAULT 'all',
    ADD COLUMN "scope_id" TEXT,
    ADD COLUMN "reason" TEXT NOT NULL DEFAULT 'regulator',
    ADD COLUMN "rejected" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "replaced_at" TIMESTAMPTZ(3),
    ADD COLUMN "replaced_by" UUID,
    ADD COLUMN "withdrawal" TEXT;
ALTER TABLE "external_blacklist" ADD CONSTRAINT "external_blacklist_scope_known" CHECK ("scope" IN ('all', 'product-line', 'campaign'));
CREATE UNIQUE INDEX "external_blacklist_in_force" ON "external_blacklist"("name") WHERE (replaced_at IS NULL);
CREATE TRIGGER "external_blacklist_never_deleted" BEFORE DELETE ON "external_blacklist" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TABLE "external_blacklist_number" (
    "list_id" UUID NOT NULL,
    "number" TEXT NOT NULL,

    CONSTRAINT "external_blacklist_number_pkey" PRIMARY KEY ("number","list_id")
);
CREATE INDEX "external_blacklist_number_list_id_idx" ON "external_blacklist_number"("list_id");

-- What forbids a number, from either source. Ends and scopes are judged by whoever asks.
CREATE VIEW "blacklist_in_force" AS
    SELECT number, scope, scope_id, ends_at, reason FROM blacklist_entry WHERE removed_at IS NULL
    UNION ALL
    SELECT n.number, l.scope, l.scope_id, NULL::timestamptz(3), l.reason
      FROM external_blacklist_number n JOIN external_blacklist l ON l.id = n.list_id WHERE l.replaced_at IS NULL;

-- The rule of dialler/rules/screening.ts (blacklistHit) for whole sets of loaded contacts. A contract test holds the two together.
CREATE FUNCTION "number_blocked"(wanted TEXT, campaign UUID, line TEXT, at TIMESTAMPTZ) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM blacklist_in_force b
         WHERE b.number = wanted AND (b.ends_at IS NULL OR b.ends_at > at)
           AND (b.scope = 'all' OR (b.scope = 'campaign' AND b.scope_id = campaign::text) OR (b.scope = 'product-line' AND b.scope_id = line)))
$$;
