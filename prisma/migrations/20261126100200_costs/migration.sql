-- What sources cost by month, each entry as it was known in [recorded_at, superseded_at).

-- CreateTable
CREATE TABLE "cost_entry" (
    "workspace" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
    "marketing_minor" BIGINT,
    "sales_minor" BIGINT,
    "currency" TEXT,
    "said_at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "cost_entry_pkey" PRIMARY KEY ("workspace","agreement_name","month","source","revision")
);
