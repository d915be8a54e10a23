-- CreateTable
CREATE TABLE "rollout" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "agreement_key" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "segments" TEXT[],
    "leads_per_second" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "status_since" TIMESTAMPTZ(3) NOT NULL,
    "is_superseded" BOOLEAN NOT NULL DEFAULT false,
    "is_told" BOOLEAN NOT NULL DEFAULT false,
    "ms_per_lead" DOUBLE PRECISION,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rollout_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "rollout_lead" (
    "workspace" TEXT NOT NULL,
    "rollout_id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "command_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3),
    "code" TEXT,
    "detail" JSONB,

    CONSTRAINT "rollout_lead_pkey" PRIMARY KEY ("workspace","rollout_id","lead_id")
);

-- CreateIndex
CREATE INDEX "rollout_lead_turn_idx" ON "rollout_lead"("workspace", "rollout_id", "status", "attempt_count", "lead_id");

-- AddForeignKey
ALTER TABLE "rollout" ADD CONSTRAINT "rollout_workspace_agreement_name_agreement_version_fkey" FOREIGN KEY ("workspace", "agreement_name", "agreement_version") REFERENCES "sla_version"("workspace", "name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_lead" ADD CONSTRAINT "rollout_lead_workspace_rollout_id_fkey" FOREIGN KEY ("workspace", "rollout_id") REFERENCES "rollout"("workspace", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Not in the Prisma schema: the words of the domain, and one rollout per agreement at a time.
ALTER TABLE "rollout"
  ADD CONSTRAINT "rollout_status_check"
    CHECK ("status" IN ('running', 'paused', 'aborted', 'done', 'reverting', 'reverted')),
  ADD CONSTRAINT "rollout_mode_check" CHECK ("mode" IN ('keep', 'recompute', 'used-time-stays'));
ALTER TABLE "rollout_lead"
  ADD CONSTRAINT "rollout_lead_status_check" CHECK ("status" IN
    ('waiting', 'applied', 'refused', 'failed', 'reverted', 'acted-on', 'revert-failed'));
CREATE UNIQUE INDEX "rollout_under_way_key" ON "rollout" ("workspace", "agreement_name")
  WHERE "status" IN ('running', 'paused', 'reverting');
-- Rollouts whose workflow has not heard of their last change.
CREATE INDEX "rollout_untold_idx" ON "rollout" ("workspace") WHERE NOT "is_told";
-- Leads of one agreement, by id: what a preview and a rollout walk along.
CREATE INDEX "lead_agreement_idx" ON "lead" ("workspace", "agreement_name", "id") WHERE "excluded" IS NULL;
