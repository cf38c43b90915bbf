-- Two who block the same number at the same moment make one entry. A complaint and anything else are two things, because the return call
-- of a complaint passes over the one and not over the other. What stood twice until now ends, all but the oldest.
UPDATE "blacklist_entry" b SET removed_at = now(), removal = 'Stood twice'
 WHERE b.removed_at IS NULL AND EXISTS (
    SELECT 1 FROM "blacklist_entry" o
     WHERE o.number = b.number AND o.scope = b.scope AND o.scope_id IS NOT DISTINCT FROM b.scope_id AND o.removed_at IS NULL
       AND (o.reason = 'complaint') = (b.reason = 'complaint') AND o.ends_at IS NOT DISTINCT FROM b.ends_at
       AND (o.added_at, o.id) < (b.added_at, b.id));
CREATE UNIQUE INDEX "blacklist_entry_once"
    ON "blacklist_entry"("number", "scope", "scope_id", ("reason" = 'complaint'), "ends_at") NULLS NOT DISTINCT WHERE (removed_at IS NULL);
