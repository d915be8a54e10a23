-- CreateTable
CREATE TABLE "lead_event" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "by" TEXT,
    "command_id" TEXT,
    "payload" JSONB NOT NULL,
    "owner" TEXT,
    "queue" TEXT,
    "team" TEXT,
    "segment" TEXT,
    "source" TEXT,
    "agreement_key" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,

    CONSTRAINT "lead_event_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "lead" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "source" TEXT,
    "external_id" TEXT,
    "email_normalised" TEXT,
    "company" TEXT,
    "contact_name" TEXT,
    "stage" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "owner" TEXT,
    "queue" TEXT,
    "team" TEXT,
    "segment" TEXT,
    "priority" TEXT,
    "excluded" TEXT[],
    "missing_fields" TEXT[],
    "handed_off_at" TIMESTAMPTZ(3) NOT NULL,
    "mql_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closing_cause" TEXT,
    "next_due_at" TIMESTAMPTZ(3),
    "agreement_key" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,

    CONSTRAINT "lead_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "sla_clock" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "superseded_at" TIMESTAMPTZ(6),
    "party" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "target_ms" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "overshoot_ms" BIGINT,
    "corrected" BOOLEAN NOT NULL,
    "ended" TEXT,
    "held_by" TEXT,
    "warned" TEXT[],
    "tier" INTEGER NOT NULL,
    "owner" TEXT,
    "team" TEXT,
    "segment" TEXT,
    "source" TEXT,
    "terms_key" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,

    CONSTRAINT "sla_clock_pkey" PRIMARY KEY ("workspace","lead_id","cycle","clock","n","seq")
);

-- CreateTable
CREATE TABLE "touch" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "logged_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT,
    "owner" TEXT,
    "team" TEXT,

    CONSTRAINT "touch_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "escalation" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "clock" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "tier" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "recipients" TEXT[],
    "skipped" BOOLEAN NOT NULL,
    "reassigned" BOOLEAN,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "disposition" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "reason" TEXT,
    "notes" TEXT,
    "wake_on" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT,
    "owner" TEXT,
    "team" TEXT,

    CONSTRAINT "disposition_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "dispute" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "notes" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT,
    "decision" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,
    "resolution_notes" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "opportunity" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "cycle" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "amount" TEXT,
    "crm_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "by" TEXT,
    "owner" TEXT,
    "team" TEXT,

    CONSTRAINT "opportunity_pkey" PRIMARY KEY ("workspace","lead_id","seq")
);

-- CreateTable
CREATE TABLE "sla_definition" (
    "workspace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "active_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sla_definition_pkey" PRIMARY KEY ("workspace","name")
);

-- CreateTable
CREATE TABLE "sla_document" (
    "workspace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone_release" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "terms" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sla_document_pkey" PRIMARY KEY ("workspace","key")
);

-- CreateTable
CREATE TABLE "sla_version" (
    "workspace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "effective_at" TIMESTAMPTZ(3),

    CONSTRAINT "sla_version_pkey" PRIMARY KEY ("workspace","name","version")
);

-- CreateTable
CREATE TABLE "signature" (
    "workspace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signature_pkey" PRIMARY KEY ("workspace","name","version","role")
);

-- CreateTable
CREATE TABLE "calendar_version" (
    "workspace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone_release" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_version_pkey" PRIMARY KEY ("workspace","key")
);

-- CreateTable
CREATE TABLE "person" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "team" TEXT,
    "email" TEXT,
    "calendar" TEXT,
    "capacity" INTEGER,

    CONSTRAINT "person_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "team" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "manager" TEXT NOT NULL,
    "calendar" TEXT,

    CONSTRAINT "team_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "role" (
    "workspace" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "person" TEXT NOT NULL,

    CONSTRAINT "role_pkey" PRIMARY KEY ("workspace","role","position")
);

-- CreateTable
CREATE TABLE "absence" (
    "workspace" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "person" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "delegate" TEXT,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "routing_state" (
    "workspace" TEXT NOT NULL,
    "directory_revision" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "routing_state_pkey" PRIMARY KEY ("workspace")
);

-- CreateTable
CREATE TABLE "routing_load" (
    "workspace" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "open_lead_count" INTEGER NOT NULL,
    "last_given_at" TIMESTAMPTZ(6),

    CONSTRAINT "routing_load_pkey" PRIMARY KEY ("workspace","person")
);

-- CreateTable
CREATE TABLE "intake" (
    "workspace" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "lead_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "answer_status" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "start_from_seq" INTEGER,
    "start_to_seq" INTEGER,
    "context_key" TEXT,
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "intake_pkey" PRIMARY KEY ("workspace","source","external_id","body_hash")
);

-- CreateTable
CREATE TABLE "start_context" (
    "workspace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "context" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "start_context_pkey" PRIMARY KEY ("workspace","key")
);

-- CreateTable
CREATE TABLE "command" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "outcome" JSONB,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "command_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "workspace" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "command_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("workspace","principal","key")
);

-- CreateTable
CREATE TABLE "answer" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "question" JSONB NOT NULL,
    "answer" JSONB NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "gives_to" TEXT,
    "is_pending" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "answer_pkey" PRIMARY KEY ("workspace","lead_id","key")
);

-- CreateTable
CREATE TABLE "notice" (
    "workspace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "recipient" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("workspace","key")
);

-- CreateTable
CREATE TABLE "settled_state" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settled_state_pkey" PRIMARY KEY ("workspace","lead_id")
);

-- CreateTable
CREATE TABLE "review" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "period_from" TIMESTAMPTZ(3) NOT NULL,
    "period_to" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "held_at" TIMESTAMPTZ(3),
    "pack" BYTEA,

    CONSTRAINT "review_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "decision" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "review_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "workspace" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "workspace" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "by" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "lead_workspace_source_external_id_key" ON "lead"("workspace", "source", "external_id");

-- CreateIndex
CREATE INDEX "sla_version_workspace_key_idx" ON "sla_version"("workspace", "key");

-- CreateIndex
CREATE INDEX "absence_workspace_until_idx" ON "absence"("workspace", "until");

-- CreateIndex
CREATE INDEX "intake_workspace_lead_id_idx" ON "intake"("workspace", "lead_id");

-- CreateIndex
CREATE INDEX "command_workspace_lead_id_idx" ON "command"("workspace", "lead_id");

-- CreateIndex
CREATE INDEX "notice_workspace_lead_id_claimed_at_idx" ON "notice"("workspace", "lead_id", "claimed_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- AddForeignKey
ALTER TABLE "sla_version" ADD CONSTRAINT "sla_version_workspace_key_fkey" FOREIGN KEY ("workspace", "key") REFERENCES "sla_document"("workspace", "key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_workspace_name_version_fkey" FOREIGN KEY ("workspace", "name", "version") REFERENCES "sla_version"("workspace", "name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_workspace_review_id_fkey" FOREIGN KEY ("workspace", "review_id") REFERENCES "review"("workspace", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema cannot say.

-- The rows that somebody waits for, found without the many that are done.
CREATE INDEX "lead_running_email_idx" ON "lead" ("workspace", "agreement_name", "email_normalised")
  WHERE "email_normalised" IS NOT NULL AND "stage" NOT IN ('inquiry', 'disqualified', 'customer');
CREATE INDEX "intake_unstarted_idx" ON "intake" ("workspace", "stored_at")
  WHERE "context_key" IS NOT NULL AND "started_at" IS NULL;
CREATE INDEX "command_undelivered_idx" ON "command" ("workspace", "received_at") WHERE "outcome" IS NULL;
CREATE INDEX "answer_pending_idx" ON "answer" ("workspace", "gives_to") WHERE "is_pending";

-- At most one of each.
CREATE UNIQUE INDEX "sla_definition_default_key" ON "sla_definition" ("workspace") WHERE "is_default";
CREATE UNIQUE INDEX "sla_version_active_key" ON "sla_version" ("workspace", "name") WHERE "status" = 'active';

ALTER TABLE "lead_event"
  ADD CONSTRAINT "lead_event_seq_check" CHECK ("seq" >= 1),
  ADD CONSTRAINT "lead_event_cycle_check" CHECK ("cycle" >= 1),
  ADD CONSTRAINT "lead_event_holder_check" CHECK ("owner" IS NULL OR "queue" IS NULL);
ALTER TABLE "lead"
  ADD CONSTRAINT "lead_stage_check" CHECK ("stage" IN ('inquiry', 'mql', 'sal', 'sales-qualified', 'opportunity',
    'customer', 'nurture', 'recycled', 'disqualified')),
  ADD CONSTRAINT "lead_holder_check" CHECK ("owner" IS NULL OR "queue" IS NULL);
ALTER TABLE "sla_clock"
  ADD CONSTRAINT "sla_clock_verdict_check" CHECK ("verdict" IN ('pending', 'paused', 'met', 'breached', 'cancelled')),
  ADD CONSTRAINT "sla_clock_revision_check" CHECK ("superseded_at" >= "recorded_at");
ALTER TABLE "sla_version"
  ADD CONSTRAINT "sla_version_status_check" CHECK ("status" IN ('draft', 'in-review', 'signed', 'scheduled', 'active',
    'superseded'));
ALTER TABLE "person" ADD CONSTRAINT "person_capacity_check" CHECK ("capacity" >= 0);
ALTER TABLE "absence" ADD CONSTRAINT "absence_interval_check" CHECK ("from" < "until");
ALTER TABLE "intake"
  ADD CONSTRAINT "intake_kind_check" CHECK ("kind" IN ('handed-off', 'joined')),
  ADD CONSTRAINT "intake_start_check" CHECK (num_nulls("context_key", "start_from_seq", "start_to_seq") IN (0, 3));

-- What was recorded stays as it was recorded.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Record what is right as a new row.';
END
$$;
CREATE TRIGGER "lead_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "lead_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
