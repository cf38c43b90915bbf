-- What a customer said in own words goes with the recording of the call in which it was said (R3). Of erased words their length stays: the
-- question keeps its place among those answered, and every figure stays what it was. An answer of blanks never was one.
CREATE FUNCTION "without_own_words"("answers" JSONB, "body" JSONB) RETURNS JSONB LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(given.key, CASE WHEN own.words IS NULL THEN given.value ELSE to_jsonb(length(own.words)) END), '{}')
    FROM jsonb_each(answers) given
    LEFT JOIN LATERAL (SELECT given.value #>> '{}' AS words FROM jsonb_array_elements(body -> 'questions') question
      WHERE question ->> 'key' = given.key AND question ->> 'kind' = 'text' AND jsonb_typeof(given.value) = 'string') own ON true
   WHERE own.words IS NULL OR own.words !~ '^\s*$'
$$;

CREATE FUNCTION "erase_survey_words"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE survey_sheet sheet SET answers = without_own_words(sheet.answers, version.body)
    FROM questionnaire_version version WHERE version.id = sheet.version_id AND sheet.attempt_id = NEW.attempt_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "recording_erases_survey_words" AFTER UPDATE OF "state" ON "recording" FOR EACH ROW
  WHEN (NEW."state" = 'erased' AND OLD."state" <> 'erased') EXECUTE FUNCTION "erase_survey_words"();

-- Recordings that were erased before this was so.
UPDATE survey_sheet sheet SET answers = without_own_words(sheet.answers, version.body)
  FROM questionnaire_version version, recording WHERE version.id = sheet.version_id AND recording.attempt_id = sheet.attempt_id AND recording.state = 'erased';
