-- Outgoing notices may be stopped for a while, and what waits for the end of it is kept.
CREATE TABLE "notice_hold" (
    "workspace" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "held_by" TEXT NOT NULL,
    "reason" TEXT,
    "released_at" TIMESTAMPTZ(3),
    "released_by" TEXT,

    CONSTRAINT "notice_hold_pkey" PRIMARY KEY ("workspace","id")
);

CREATE TABLE "held_notice" (
    "workspace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "held_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reminded_at" TIMESTAMPTZ(3),

    CONSTRAINT "held_notice_pkey" PRIMARY KEY ("workspace","key")
);

CREATE INDEX "held_notice_workspace_lead_id_idx" ON "held_notice"("workspace", "lead_id");

-- One hold at a time, whoever asks how often.
CREATE UNIQUE INDEX "notice_hold_open_key" ON "notice_hold" ("workspace") WHERE "released_at" IS NULL;
