-- The clocks that are open now are counted at every scrape of the operators' metrics: without an index of their own that
-- reads every revision of every clock there ever was.
CREATE INDEX "sla_clock_open_idx" ON "sla_clock" ("workspace", "party", "verdict", "started_at")
  WHERE "superseded_at" IS NULL AND "ended" IS NULL AND "verdict" IN ('pending', 'paused', 'breached');
