-- What of promises was said otherwise before. All facts are made anew with them.
CREATE TABLE "report_correction" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "correction_seq" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
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
    "party" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT,
    "actor" TEXT,
    "turn" TEXT NOT NULL,
    "verdict_before" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "was_due_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "judged_at" TIMESTAMPTZ(3),
    "corrected_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_correction_pkey" PRIMARY KEY ("workspace","lead_id","correction_seq","cycle","clock","n","seq")
);

-- CreateIndex
CREATE INDEX "report_correction_workspace_corrected_at_idx" ON "report_correction"("workspace", "corrected_at");

-- CreateIndex
CREATE INDEX "report_correction_workspace_judged_at_idx" ON "report_correction"("workspace", "judged_at");

TRUNCATE "report_lead", "report_cycle", "report_entry", "report_clock", "report_touch", "report_opportunity",
  "report_decision", "report_dispute", "report_escalation", "report_holding", "report_standing", "report_time",
  "report_deed", "report_progress", "report_watermark";
