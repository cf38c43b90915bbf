-- Calibration sessions: the same recordings judged by several people and an expert, beside the register of the draws.
CREATE TABLE "qa_calibration" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "expert_id" UUID NOT NULL,
    "judge_ids" UUID[],
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" UUID,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,

    CONSTRAINT "qa_calibration_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "qa_calibration_centre_id_opened_at_idx" ON "qa_calibration"("centre_id", "opened_at");
ALTER TABLE "qa_inspection" ADD COLUMN "calibration_id" UUID;
CREATE INDEX "qa_inspection_calibration" ON "qa_inspection"("calibration_id") WHERE (calibration_id IS NOT NULL);
