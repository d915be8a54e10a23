-- How metrics stood before the agreement, as somebody entered it.
CREATE TABLE "baseline" (
    "workspace" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "amount" JSONB,
    "note" TEXT,
    "by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "baseline_pkey" PRIMARY KEY ("workspace","id")
);

CREATE INDEX "baseline_workspace_agreement_name_metric_idx" ON "baseline"("workspace", "agreement_name", "metric");
