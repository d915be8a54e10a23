-- CreateTable
CREATE TABLE "correction" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "terms_instead" JSONB NOT NULL,
    "covers_from" TIMESTAMPTZ(3) NOT NULL,
    "covers_until" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'listing',
    "status_since" TIMESTAMPTZ(3) NOT NULL,
    "is_told" BOOLEAN NOT NULL DEFAULT false,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "correction_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "correction_lead" (
    "workspace" TEXT NOT NULL,
    "correction_id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "code" TEXT,
    "detail" JSONB,

    CONSTRAINT "correction_lead_pkey" PRIMARY KEY ("workspace","correction_id","lead_id")
);

-- CreateTable
CREATE TABLE "correction_verdict" (
    "workspace" TEXT NOT NULL,
    "correction_id" TEXT NOT NULL,
    "listing" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "party" TEXT NOT NULL,
    "team" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "was" JSONB NOT NULL,
    "now" JSONB NOT NULL,

    CONSTRAINT "correction_verdict_pkey" PRIMARY KEY ("workspace","correction_id","listing","lead_id","cycle","clock","n")
);

-- CreateIndex: one correction of an agreement at a time, for each is made upon the ones before
CREATE UNIQUE INDEX "correction_under_way_key" ON "correction"("workspace", "agreement_name") WHERE status IN ('listing', 'draft', 'approved');

-- CreateIndex
CREATE INDEX "correction_lead_turn_idx" ON "correction_lead"("workspace", "correction_id", "status", "attempt_count", "lead_id");

-- AddForeignKey
ALTER TABLE "correction_lead" ADD CONSTRAINT "correction_lead_workspace_correction_id_fkey" FOREIGN KEY ("workspace", "correction_id") REFERENCES "correction"("workspace", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction_verdict" ADD CONSTRAINT "correction_verdict_workspace_correction_id_fkey" FOREIGN KEY ("workspace", "correction_id") REFERENCES "correction"("workspace", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a correction says stays as it was approved; only how it stands goes on.
CREATE TRIGGER "correction_append_only" BEFORE DELETE OR TRUNCATE OR UPDATE OF "workspace", "id", "agreement_name", "subject",
  "reason", "terms_instead", "covers_from", "covers_until", "created_by", "created_at", "recorded_at" ON "correction"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
