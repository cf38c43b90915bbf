-- Who is meant by an entry stands apart from its reason. Entries of before keep that person's id in their text.
ALTER TABLE "qa_register_entry" ADD COLUMN "about" UUID;
