-- A key has one role and, unless it is a machine's, a person. Whatever a key could do before, it can now only hand leads
-- over, until an administrator makes a new one.
ALTER TABLE "api_key" DROP COLUMN "roles";
ALTER TABLE "api_key" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'intake';
ALTER TABLE "api_key" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "api_key" ADD COLUMN "person" TEXT;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_role_check"
  CHECK ("role" IN ('intake', 'rep', 'ops', 'leader', 'admin'));
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_person_check" CHECK ("role" = 'intake' OR "person" IS NOT NULL);

-- What there was before a change and what there is after it, and the key that made it. Nothing was noted until now.
ALTER TABLE "audit_entry" DROP COLUMN "detail";
ALTER TABLE "audit_entry" ADD COLUMN "principal" TEXT NOT NULL;
ALTER TABLE "audit_entry" ADD COLUMN "before" JSONB;
ALTER TABLE "audit_entry" ADD COLUMN "after" JSONB;
CREATE INDEX "audit_entry_workspace_subject_id_idx" ON "audit_entry"("workspace", "subject", "id");
CREATE INDEX "audit_entry_workspace_by_id_idx" ON "audit_entry"("workspace", "by", "id");
