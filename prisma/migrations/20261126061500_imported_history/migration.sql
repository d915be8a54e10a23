-- Leads of another system's past: facts for what-if, never worked here.
CREATE TABLE "imported_lead" (
    "workspace" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "handed_off_at" TIMESTAMPTZ(3) NOT NULL,
    "hand_off" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "imported_by" TEXT NOT NULL,

    CONSTRAINT "imported_lead_pkey" PRIMARY KEY ("workspace","source","external_id")
);

CREATE INDEX "imported_lead_workspace_agreement_name_handed_off_at_idx" ON "imported_lead"("workspace", "agreement_name", "handed_off_at");

CREATE TABLE "imported_fact" (
    "workspace" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "fact" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "imported_fact_pkey" PRIMARY KEY ("workspace","source","external_id","id")
);

ALTER TABLE "imported_fact" ADD CONSTRAINT "imported_fact_workspace_source_external_id_fkey" FOREIGN KEY ("workspace", "source", "external_id") REFERENCES "imported_lead"("workspace", "source", "external_id") ON DELETE CASCADE ON UPDATE CASCADE;
