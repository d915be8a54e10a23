-- What people say and do about leads, as far as fair play asks: facts of their own. All facts are made anew with them.
CREATE TABLE "report_deed" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "deed_seq" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity'::timestamp with time zone,
    "is_test" BOOLEAN NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "handed_off_at" TIMESTAMPTZ(3) NOT NULL,
    "segment" TEXT,
    "source" TEXT,
    "priority" TEXT,
    "owner" TEXT,
    "team" TEXT,
    "cycle" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT,
    "is_by_other" BOOLEAN NOT NULL,
    "channel" TEXT,
    "late_ms" BIGINT,
    "note_hash" TEXT,
    "clock" TEXT,
    "flaw" TEXT,

    CONSTRAINT "report_deed_pkey" PRIMARY KEY ("workspace","lead_id","deed_seq","seq")
);

-- CreateIndex
CREATE INDEX "report_deed_workspace_at_idx" ON "report_deed"("workspace", "at");

TRUNCATE "report_lead", "report_cycle", "report_entry", "report_clock", "report_touch", "report_opportunity",
  "report_decision", "report_dispute", "report_escalation", "report_holding", "report_standing", "report_time",
  "report_progress", "report_watermark";
