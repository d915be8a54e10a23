-- What people run their week with: decisions, disputes, warnings and tiers, holdings, how leads stand, how time was split.
-- All facts are made anew when a report asks next.

-- CreateTable
CREATE TABLE "report_decision" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "decision_seq" INTEGER NOT NULL,
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
    "kind" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "route" TEXT NOT NULL,
    "has_notes" BOOLEAN NOT NULL,
    "is_taken_back" BOOLEAN NOT NULL,

    CONSTRAINT "report_decision_pkey" PRIMARY KEY ("workspace","lead_id","decision_seq","seq")
);

-- CreateTable
CREATE TABLE "report_dispute" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "dispute_seq" INTEGER NOT NULL,
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
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "outcome" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_dispute_pkey" PRIMARY KEY ("workspace","lead_id","dispute_seq","seq")
);

-- CreateTable
CREATE TABLE "report_escalation" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "escalation_seq" INTEGER NOT NULL,
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
    "kind" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "party" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "fired_at" TIMESTAMPTZ(3) NOT NULL,
    "told_count" INTEGER NOT NULL,
    "is_skipped" BOOLEAN NOT NULL,
    "is_shadow" BOOLEAN NOT NULL,
    "is_acknowledged" BOOLEAN NOT NULL,
    "is_moved" BOOLEAN,
    "answered_at" TIMESTAMPTZ(3),
    "answered_ms" BIGINT,

    CONSTRAINT "report_escalation_pkey" PRIMARY KEY ("workspace","lead_id","escalation_seq","seq")
);

-- CreateTable
CREATE TABLE "report_holding" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "holding_seq" INTEGER NOT NULL,
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
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "report_holding_pkey" PRIMARY KEY ("workspace","lead_id","holding_seq","seq")
);

-- CreateTable
CREATE TABLE "report_standing" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
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
    "is_open" BOOLEAN NOT NULL,
    "stage" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "last_touched_at" TIMESTAMPTZ(3),
    "is_resting" BOOLEAN NOT NULL,
    "overdue_count" INTEGER NOT NULL,
    "overdue_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_standing_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "report_time" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "share" INTEGER NOT NULL,
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
    "tier" INTEGER NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "used_ms" BIGINT NOT NULL,
    "late_ms" BIGINT NOT NULL,

    CONSTRAINT "report_time_pkey" PRIMARY KEY ("workspace","lead_id","cycle","clock","n","share","seq")
);

-- CreateIndex
CREATE INDEX "report_decision_workspace_decided_at_idx" ON "report_decision"("workspace", "decided_at");

-- CreateIndex
CREATE INDEX "report_dispute_workspace_opened_at_idx" ON "report_dispute"("workspace", "opened_at");

-- CreateIndex
CREATE INDEX "report_escalation_workspace_fired_at_idx" ON "report_escalation"("workspace", "fired_at");

-- CreateIndex
CREATE INDEX "report_holding_workspace_given_at_idx" ON "report_holding"("workspace", "given_at");

-- CreateIndex
CREATE INDEX "report_time_workspace_ended_at_idx" ON "report_time"("workspace", "ended_at");

-- CreateIndex
CREATE INDEX "report_standing_workspace_is_open_superseded_at_idx" ON "report_standing"("workspace", "is_open", "superseded_at");

TRUNCATE "report_lead", "report_cycle", "report_entry", "report_clock", "report_touch", "report_opportunity",
  "report_progress", "report_watermark";
