-- Segment rules of a centre (L2), in versions.
CREATE TABLE "segment_rules_version" (
    "centre_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "changed_at" TIMESTAMPTZ(3),
    "changed_by" UUID,

    CONSTRAINT "segment_rules_version_pkey" PRIMARY KEY ("centre_id", "version")
);
