-- A correction looks for the clocks that ran on some days, and for the documents that single leads follow. Not in the
-- Prisma schema, which knows neither expressions nor conditions.

-- By when each clock, as it stands now, was over with; one that rests, or was missed and still waits, is never.
CREATE INDEX "sla_clock_end_idx" ON "sla_clock" ("workspace",
    (CASE WHEN "verdict" = 'breached' AND "ended" IS NULL THEN 'infinity'
      ELSE coalesce(greatest("due_at", "completed_at"), "cancelled_at", 'infinity') END), "started_at")
  WHERE "superseded_at" IS NULL;

-- What leads were told to follow, version by version.
CREATE INDEX "lead_event_applied_idx" ON "lead_event" ("workspace", "agreement_name", "agreement_version", "agreement_key")
  WHERE "type" = 'agreement-applied';
