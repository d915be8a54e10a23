-- What reps note on dispositions. Nothing was noted before, so facts that are there say the truth.
ALTER TABLE "report_decision" ADD COLUMN "friction" TEXT, ADD COLUMN "content_gap" TEXT;

CREATE OR REPLACE VIEW reporting.decisions AS
  SELECT workspace, lead_id, decision_seq, agreement_name, agreement_version, handed_off_at, segment, source,
    priority, owner, team, cycle, kind, decided_at, reason, route, has_notes, is_taken_back, friction, content_gap
  FROM report_decision WHERE superseded_at = 'infinity' AND NOT is_test;
