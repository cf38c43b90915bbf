-- Study meetings: which recurring causes were looked at, what was decided, and whether it helped.
CREATE TABLE "qa_study_meeting" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "held_on" DATE NOT NULL,
    "people" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" UUID,

    CONSTRAINT "qa_study_meeting_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "qa_study_meeting_centre_id_held_on_idx" ON "qa_study_meeting"("centre_id", "held_on");
CREATE TABLE "qa_study_measure" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "meeting_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "measure" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "checked_by" UUID,
    "helped" BOOLEAN,
    "finding" TEXT,

    CONSTRAINT "qa_study_measure_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "qa_study_measure_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "qa_study_meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "qa_study_measure_meeting_id_idx" ON "qa_study_measure"("meeting_id");
