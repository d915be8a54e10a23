-- What a version remembers of its life.
ALTER TABLE "sla_version"
  ADD COLUMN "created_by" TEXT NOT NULL DEFAULT 'admin',
  ADD COLUMN "submitted_at" TIMESTAMPTZ(3),
  ADD COLUMN "published_at" TIMESTAMPTZ(3),
  ADD COLUMN "activated_at" TIMESTAMPTZ(3),
  ADD COLUMN "superseded_at" TIMESTAMPTZ(3),
  ADD COLUMN "review_due_at" TIMESTAMPTZ(3),
  ADD COLUMN "overdue_since" TIMESTAMPTZ(3),
  ADD COLUMN "is_installed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "told_revision" INTEGER NOT NULL DEFAULT 0;

-- Until now saving a document put it into force at once, without signatures.
UPDATE "sla_version" SET "is_installed" = true, "effective_at" = "created_at", "activated_at" = "created_at";

-- A signature that was withdrawn stays, and another one may follow it.
ALTER TABLE "signature"
  DROP CONSTRAINT "signature_pkey",
  ADD COLUMN "id" BIGSERIAL NOT NULL,
  ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "signature_pkey" PRIMARY KEY ("workspace","id");
ALTER TABLE "signature" RENAME COLUMN "role" TO "party";

-- CreateIndex
CREATE INDEX "signature_workspace_name_version_idx" ON "signature"("workspace", "name", "version");

-- CreateTable
CREATE TABLE "version_comment" (
    "workspace" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "version_comment_pkey" PRIMARY KEY ("workspace","id")
);

-- CreateIndex
CREATE INDEX "version_comment_workspace_name_version_idx" ON "version_comment"("workspace", "name", "version");

-- CreateTable
CREATE TABLE "signing_link" (
    "workspace" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "person" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_link_pkey" PRIMARY KEY ("workspace","token_hash")
);

-- AddForeignKey
ALTER TABLE "version_comment" ADD CONSTRAINT "version_comment_workspace_name_version_fkey" FOREIGN KEY ("workspace", "name", "version") REFERENCES "sla_version"("workspace", "name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signing_link" ADD CONSTRAINT "signing_link_workspace_name_version_fkey" FOREIGN KEY ("workspace", "name", "version") REFERENCES "sla_version"("workspace", "name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Not in the Prisma schema: one signature of each side counts at a time, and no person signs for both.
CREATE UNIQUE INDEX "signature_party_key" ON "signature" ("workspace", "name", "version", "party")
  WHERE "withdrawn_at" IS NULL;
CREATE UNIQUE INDEX "signature_person_key" ON "signature" ("workspace", "name", "version", "person")
  WHERE "withdrawn_at" IS NULL;
ALTER TABLE "signature"
  ADD CONSTRAINT "signature_party_check" CHECK ("party" IN ('marketing', 'sales'));
-- Versions whose workflow has not heard of their last step.
CREATE INDEX "sla_version_untold_idx" ON "sla_version" ("workspace") WHERE "told_revision" < "revision";
CREATE TRIGGER "version_comment_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "version_comment"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
