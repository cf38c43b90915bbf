-- What each entry of the feed is reconciled with: the offer in the version that was told, and the recordings. Entries from before stay as they were sent.
ALTER TABLE "qa_billing_entry"
    ADD COLUMN "offer_id" UUID,
    ADD COLUMN "offer_version" INTEGER,
    ADD COLUMN "exception_id" UUID,
    ADD COLUMN "recording_id" UUID,
    ADD COLUMN "confirmation_attempt_id" UUID,
    ADD COLUMN "confirmation_recording_id" UUID;
