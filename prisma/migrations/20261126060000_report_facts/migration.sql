-- What reports read: facts of leads, cycles, stage entries and clocks as they were known in [recorded_at, superseded_at).
-- All of it is derived from the ledger and can be made anew.

-- CreateTable
CREATE TABLE "report_lead" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
    "is_test" BOOLEAN NOT NULL,
    "is_excluded" BOOLEAN NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "handed_off_at" TIMESTAMPTZ(3) NOT NULL,
    "segment" TEXT,
    "source" TEXT,
    "priority" TEXT,
    "owner" TEXT,
    "team" TEXT,
    "acted_at" TIMESTAMPTZ(3),
    "required_count" INTEGER NOT NULL,
    "filled_count" INTEGER NOT NULL,
    "placeholder_count" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "touched_at" TIMESTAMPTZ(3),
    "touched_channel" TEXT,
    "is_enriched" BOOLEAN NOT NULL,
    "decision" TEXT,
    "acceptance" TEXT,
    "response" TEXT,
    "response_at" TIMESTAMPTZ(3),
    "response_used_ms" BIGINT,
    "response_used_until" TIMESTAMPTZ(3),
    "response_runs_on" TEXT,
    "sal_at" TIMESTAMPTZ(3),
    "sales_qualified_at" TIMESTAMPTZ(3),
    "opportunity_at" TIMESTAMPTZ(3),
    "won_at" TIMESTAMPTZ(3),
    "lost_at" TIMESTAMPTZ(3),
    "dispute_upheld_at" TIMESTAMPTZ(3),
    "rejected_with_notes_at" TIMESTAMPTZ(3),
    "disqualified_by" TEXT,

    CONSTRAINT "report_lead_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "report_cycle" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
    "is_test" BOOLEAN NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "handed_off_at" TIMESTAMPTZ(3) NOT NULL,
    "segment" TEXT,
    "source" TEXT,
    "priority" TEXT,
    "owner" TEXT,
    "team" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "woken_from" TEXT,
    "decision" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "outcome_cause" TEXT,
    "outcome_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "has_notes" BOOLEAN NOT NULL,
    "sales_qualified_at" TIMESTAMPTZ(3),
    "touched_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_cycle_pkey" PRIMARY KEY ("workspace","lead_id","cycle","seq")
);

-- CreateTable
CREATE TABLE "report_entry" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "entry_seq" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
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
    "stage" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_first" BOOLEAN NOT NULL,
    "flaw" TEXT,

    CONSTRAINT "report_entry_pkey" PRIMARY KEY ("workspace","lead_id","entry_seq","seq")
);

-- CreateTable
CREATE TABLE "report_clock" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
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
    "verdict" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "target_ms" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "overshoot_ms" BIGINT,
    "is_corrected" BOOLEAN NOT NULL,
    "used_ms" BIGINT,
    "used_until" TIMESTAMPTZ(3) NOT NULL,
    "runs_on" TEXT,
    "was_paused" BOOLEAN NOT NULL,
    "cancelled_by" TEXT,

    CONSTRAINT "report_clock_pkey" PRIMARY KEY ("workspace","lead_id","cycle","clock","n","seq")
);

-- CreateTable
CREATE TABLE "report_progress" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "report_progress_pkey" PRIMARY KEY ("workspace","lead_id")
);

-- CreateTable
CREATE TABLE "report_watermark" (
    "workspace" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "report_watermark_pkey" PRIMARY KEY ("workspace")
);

-- CreateIndex
CREATE INDEX "report_lead_workspace_handed_off_at_idx" ON "report_lead"("workspace", "handed_off_at");

-- CreateIndex
CREATE INDEX "report_cycle_workspace_started_at_idx" ON "report_cycle"("workspace", "started_at");

-- CreateIndex
CREATE INDEX "report_cycle_workspace_outcome_at_idx" ON "report_cycle"("workspace", "outcome_at");

-- CreateIndex
CREATE INDEX "report_entry_workspace_at_idx" ON "report_entry"("workspace", "at");

-- CreateIndex
CREATE INDEX "report_clock_workspace_decided_at_idx" ON "report_clock"("workspace", "decided_at");

-- CreateIndex
CREATE INDEX "lead_workspace_recorded_at_idx" ON "lead"("workspace", "recorded_at");
