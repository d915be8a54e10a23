-- A version may be in shadow: it judges as always, but tells nobody and moves no lead.
CREATE TABLE "shadow" (
    "workspace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "covers" TEXT NOT NULL,
    "ladders" TEXT[],
    "since" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "shadow_pkey" PRIMARY KEY ("workspace","name","version")
);

CREATE TABLE "withheld_notice" (
    "workspace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "place" BIGSERIAL NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "clock" TEXT,
    "point" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withheld_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "withheld_notice_pkey" PRIMARY KEY ("workspace","key")
);

CREATE INDEX "withheld_notice_workspace_lead_id_idx" ON "withheld_notice"("workspace", "lead_id");

CREATE INDEX "withheld_notice_by_version_idx" ON "withheld_notice"("workspace", "agreement_name", "agreement_version", "place");

ALTER TABLE "escalation" ADD COLUMN "shadow" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "shadow" ADD CONSTRAINT "shadow_covers_check" CHECK ("covers" IN ('all', 'ladders'));
