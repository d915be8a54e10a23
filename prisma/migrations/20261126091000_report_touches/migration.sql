-- Facts for pipeline credit: the account of a lead, touches of both sides, opportunities. Facts made so far lack them, so
-- all are made anew from the ledger.
TRUNCATE "report_lead", "report_cycle", "report_entry", "report_clock", "report_progress", "report_watermark";

-- AlterTable
ALTER TABLE "report_lead" ADD COLUMN     "account" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "report_touch" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "touch_seq" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
    "is_test" BOOLEAN NOT NULL,
    "account" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "counts" BOOLEAN NOT NULL,

    CONSTRAINT "report_touch_pkey" PRIMARY KEY ("workspace","lead_id","touch_seq","place","seq")
);

-- CreateTable
CREATE TABLE "report_opportunity" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT 'infinity',
    "is_test" BOOLEAN NOT NULL,
    "account" TEXT NOT NULL,
    "crm_id" TEXT,
    "status" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "amount_minor" BIGINT,
    "currency" TEXT,
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_opportunity_pkey" PRIMARY KEY ("workspace","lead_id","n","seq")
);

-- CreateIndex
CREATE INDEX "report_touch_workspace_account_at_idx" ON "report_touch"("workspace", "account", "at");
