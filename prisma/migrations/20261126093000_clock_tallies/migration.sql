-- How many clocks had which verdict, by day: a quarter of millions of clocks is counted from some thousand rows. Kept by
-- triggers, so that they can never say anything else than the revisions in report_clock.

-- The facts are made anew, with what is new in them.
TRUNCATE "report_clock", "report_cycle", "report_entry", "report_lead", "report_progress", "report_watermark";

-- AlterTable
ALTER TABLE "report_clock"
    ADD COLUMN "verdict_before_at" TIMESTAMPTZ(3),
    ADD COLUMN "miss_before_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "report_clock_day" (
    "workspace" TEXT NOT NULL,
    "agreement_name" TEXT NOT NULL,
    "agreement_version" INTEGER NOT NULL,
    "recorded_on" DATE NOT NULL,
    "tally" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "before_on" DATE,
    "clock" TEXT,
    "party" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "cancelled_by" TEXT,
    "is_decided" BOOLEAN NOT NULL,
    "is_corrected" BOOLEAN NOT NULL,
    "was_paused" BOOLEAN NOT NULL,
    "team" TEXT,
    "segment" TEXT,
    "source" TEXT,
    "priority" TEXT,
    "count" BIGINT NOT NULL
);

-- CreateIndex: one row for each combination, absent values being alike
CREATE UNIQUE INDEX "report_clock_day_key" ON "report_clock_day" ("workspace", "agreement_name", "tally", "day",
    "recorded_on", "agreement_version", "clock", "party", "verdict", "cancelled_by", "is_decided", "is_corrected",
    "was_paused", "team", "segment", "source", "priority", "before_on") NULLS NOT DISTINCT;

-- CreateIndex: what days cannot say is looked up by instant
CREATE INDEX "report_clock_workspace_started_at_idx" ON "report_clock" ("workspace", "started_at");
CREATE INDEX "report_clock_workspace_used_until_idx" ON "report_clock" ("workspace", "used_until") WHERE "cancelled_by" IS NOT NULL;
CREATE INDEX "report_clock_workspace_verdict_before_at_idx" ON "report_clock" ("workspace", "verdict_before_at");
CREATE INDEX "report_clock_workspace_recorded_at_idx" ON "report_clock" ("workspace", "recorded_at");
CREATE INDEX "report_clock_workspace_superseded_at_idx" ON "report_clock" ("workspace", "superseded_at") WHERE "superseded_at" < 'infinity';

-- Counts each revision on the day of its recording, and takes it back on the day on which another one took its place.
CREATE FUNCTION report_clock_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  given text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS weight, * FROM written'
    WHEN 'DELETE' THEN 'SELECT -1 AS weight, * FROM gone'
    ELSE 'SELECT 1 AS weight, * FROM written UNION ALL SELECT -1, * FROM gone' END;
BEGIN
  EXECUTE format($query$
    INSERT INTO report_clock_day AS old
    SELECT workspace, agreement_name, agreement_version, (moment.at AT TIME ZONE 'UTC')::date, part.tally,
      (part.at AT TIME ZONE 'UTC')::date, (part.before_at AT TIME ZONE 'UTC')::date, part.clock, party, verdict,
      part.cause, part.is_decided, part.is_corrected, part.was_paused, team, segment, source, priority,
      sum(weight * moment.sign)
    FROM (%s) AS revision,
      LATERAL (VALUES (recorded_at, 1), (superseded_at, -1)) AS moment (at, sign),
      LATERAL (VALUES
        ('decided', decided_at, NULL::timestamptz, revision.clock, NULL::text, true, revision.is_corrected, revision.was_paused),
        ('started', started_at, NULL, revision.clock, NULL, decided_at IS NOT NULL, false, false),
        ('cancelled', CASE WHEN cancelled_by IS NOT NULL THEN used_until END, NULL, revision.clock, cancelled_by,
          false, false, false),
        ('verdict-of-side', decided_at, verdict_before_at, NULL, NULL, true, false, false),
        ('miss-of-side', CASE WHEN verdict = 'breached' THEN decided_at END, miss_before_at, NULL, NULL,
          true, false, false)
      ) AS part (tally, at, before_at, clock, cause, is_decided, is_corrected, was_paused)
    WHERE moment.at < 'infinity' AND part.at IS NOT NULL AND NOT is_test
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
    HAVING sum(weight * moment.sign) <> 0
    ON CONFLICT (workspace, agreement_name, tally, day, recorded_on, agreement_version, clock, party, verdict,
      cancelled_by, is_decided, is_corrected, was_paused, team, segment, source, priority, before_on)
      DO UPDATE SET count = old.count + excluded.count$query$, given);
  RETURN NULL;
END $$;

CREATE TRIGGER "report_clock_written" AFTER INSERT ON "report_clock" REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION report_clock_count();
CREATE TRIGGER "report_clock_changed" AFTER UPDATE ON "report_clock" REFERENCING OLD TABLE AS gone NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION report_clock_count();
CREATE TRIGGER "report_clock_removed" AFTER DELETE ON "report_clock" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION report_clock_count();

CREATE FUNCTION report_clock_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE report_clock_day;
  RETURN NULL;
END $$;
CREATE TRIGGER "report_clock_emptied" AFTER TRUNCATE ON "report_clock"
  FOR EACH STATEMENT EXECUTE FUNCTION report_clock_forget();
