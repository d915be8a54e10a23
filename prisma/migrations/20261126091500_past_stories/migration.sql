-- What the ledger of a quiet lead tells of it, kept so that what-if reads one row instead of forty. Made anew at will.
CREATE TABLE "past_story" (
    "workspace" TEXT NOT NULL,
    "lead_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "told" TEXT NOT NULL,

    CONSTRAINT "past_story_pkey" PRIMARY KEY ("workspace", "lead_id")
);

-- Read whole and often, written seldom: neither compressed nor, up to a page, put elsewhere.
ALTER TABLE "past_story" ALTER COLUMN "told" SET STORAGE EXTERNAL;
ALTER TABLE "past_story" SET (toast_tuple_target = 8160);

-- The last lead whose story was kept; all that were quiet before it have theirs.
CREATE TABLE "past_story_watermark" (
    "workspace" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "lead_id" TEXT NOT NULL,

    CONSTRAINT "past_story_watermark_pkey" PRIMARY KEY ("workspace")
);
