-- A touch that was logged by mistake, or proved to have bounced, stays with its row and says so.
ALTER TABLE "touch"
    ADD COLUMN "taken_back_as" TEXT,
    ADD COLUMN "taken_back_at" TIMESTAMPTZ(3),
    ADD COLUMN "taken_back_by" TEXT,
    ADD COLUMN "taken_back_reason" TEXT;
