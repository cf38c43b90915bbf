-- Questionnaires of campaigns (V1), their versions, and the answers of calls.
CREATE TABLE "questionnaire_version" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "campaign_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "in_force" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "published_at" TIMESTAMPTZ(3),
    "published_by" UUID,

    CONSTRAINT "questionnaire_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "questionnaire_version_states" CHECK ("state" IN ('draft', 'published')),
    CONSTRAINT "questionnaire_version_in_force" CHECK (NOT "in_force" OR "state" = 'published')
);
CREATE UNIQUE INDEX "questionnaire_version_campaign_id_version_key" ON "questionnaire_version"("campaign_id", "version");
CREATE UNIQUE INDEX "questionnaire_draft" ON "questionnaire_version"("campaign_id") WHERE "state" = 'draft';
CREATE UNIQUE INDEX "questionnaire_in_force" ON "questionnaire_version"("campaign_id") WHERE "in_force";
ALTER TABLE "questionnaire_version" ADD CONSTRAINT "questionnaire_version_campaign_id_fkey"
  FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "survey_sheet" (
    "attempt_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "answers" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "survey_sheet_pkey" PRIMARY KEY ("attempt_id")
);
CREATE INDEX "survey_sheet_campaign_id_contact_id_attempt_id_idx" ON "survey_sheet"("campaign_id", "contact_id", "attempt_id");
ALTER TABLE "survey_sheet" ADD CONSTRAINT "survey_sheet_version_id_fkey"
  FOREIGN KEY ("version_id") REFERENCES "questionnaire_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "survey_sheet" ADD CONSTRAINT "survey_sheet_attempt_id_fkey"
  FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was asked stays as it was asked: nobody, by whatever way, changes the words of a published version.
CREATE FUNCTION "questionnaire_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" = 'published' AND (NEW."body" IS DISTINCT FROM OLD."body" OR NEW."state" <> 'published') THEN
    RAISE EXCEPTION 'a published questionnaire never changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "questionnaire_stays" BEFORE UPDATE ON "questionnaire_version"
  FOR EACH ROW EXECUTE FUNCTION "questionnaire_stays"();
