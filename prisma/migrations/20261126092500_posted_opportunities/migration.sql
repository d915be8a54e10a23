-- What CRMs say of opportunities, each as it was known in [recorded_at, superseded_at).

-- CreateTable
CREATE TABLE "posted_opportunity" (
    "workspace" TEXT NOT NULL,
    "crm_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
    "agreement_name" TEXT NOT NULL,
    "account" TEXT,
    "lead_id" TEXT,
    "status" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "amount_minor" BIGINT,
    "currency" TEXT,
    "touches" JSONB NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "posted_opportunity_pkey" PRIMARY KEY ("workspace","crm_id","revision")
);
