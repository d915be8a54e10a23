-- The tables of the first migration were never written to.
DROP TABLE "decision";
DROP TABLE "review";

CREATE TABLE "review" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "opening" JSONB NOT NULL,
    "pack" BYTEA NOT NULL,
    "pack_hash" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "status" TEXT NOT NULL DEFAULT 'open',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "told_revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "review_pkey" PRIMARY KEY ("workspace","id")
);
CREATE INDEX "review_workspace_agreement_name_opened_at_idx" ON "review"("workspace", "agreement_name", "opened_at");

CREATE TABLE "review_event" (
    "workspace" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "review_event_pkey" PRIMARY KEY ("workspace","review_id","seq"),
    CONSTRAINT "review_event_workspace_review_id_fkey" FOREIGN KEY ("workspace", "review_id")
        REFERENCES "review"("workspace", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "review_series" (
    "workspace" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_series_pkey" PRIMARY KEY ("workspace","agreement_name")
);
