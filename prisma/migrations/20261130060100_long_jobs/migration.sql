-- Work that somebody started and may leave: how far it is and what came of it, for whoever comes back. `alive_until` is moved on by
-- the process that does it; a job that runs beyond it was broken off.
CREATE TABLE "long_job" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT,
    "about" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "result" JSONB,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "alive_until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "long_job_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "long_job_state" CHECK ("state" IN ('running', 'done', 'failed')),
    CONSTRAINT "long_job_ended" CHECK (("state" = 'running') = ("ended_at" IS NULL))
);
CREATE INDEX "long_job_user_id_started_at_idx" ON "long_job"("user_id", "started_at");
