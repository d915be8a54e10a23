-- Reports on a quarter of millions of clocks find what they need in indices. Not in the Prisma schema, which knows neither
-- conditions nor columns that an index only carries along.

-- Times of the clocks that were decided in a period, in the order of their names: the table itself need not be read.
DROP INDEX "report_clock_workspace_decided_at_idx";
CREATE INDEX "report_clock_times_idx" ON "report_clock" ("workspace", "agreement_name", "clock", "decided_at")
  INCLUDE ("verdict", "used_ms", "overshoot_ms", "is_test", "recorded_at", "superseded_at")
  WHERE "decided_at" IS NOT NULL;

-- Misses by the one before: what a cycle broke on the days in which a period begins and ends.
CREATE INDEX "report_clock_workspace_miss_before_at_idx" ON "report_clock" ("workspace", "miss_before_at")
  WHERE "miss_before_at" IS NOT NULL;

-- The answers that came the latest, the worst first.
CREATE INDEX "report_clock_latest_idx" ON "report_clock" ("workspace", "agreement_name", "overshoot_ms" DESC)
  WHERE "overshoot_ms" IS NOT NULL;
