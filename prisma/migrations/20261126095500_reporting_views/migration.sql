-- What analysts read: stable views over the facts of reports, as they are known now, and a role that can read them and
-- nothing else. docs/analysts.md says what each column means; a column is never taken away or given another meaning.

CREATE SCHEMA reporting;

CREATE VIEW reporting.leads AS
  SELECT workspace, lead_id, agreement_name, agreement_version, handed_off_at, segment, source, priority, owner,
    team, NOT is_excluded AS is_mql, stage, acted_at, required_count, filled_count, placeholder_count, is_enriched,
    touched_at, touched_channel, decision, acceptance AS acceptance_verdict, response AS first_response_verdict,
    response_at AS first_response_at, sal_at, sales_qualified_at, opportunity_at, won_at, lost_at, dispute_upheld_at,
    disqualified_by
  FROM report_lead WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.leads IS 'A lead that was handed off, as it stands now; `is_mql` is false for an inquiry below the agreed criteria.';

CREATE VIEW reporting.lead_cycles AS
  SELECT workspace, lead_id, cycle, agreement_name, agreement_version, handed_off_at, segment, source, priority,
    owner, team, started_at, woken_from, decision, decided_at, outcome, outcome_cause, outcome_at, reason, has_notes,
    sales_qualified_at, touched_at
  FROM report_cycle WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.lead_cycles IS 'One cycle of a lead, from its hand-off or waking to its outcome.';

CREATE VIEW reporting.stage_entries AS
  SELECT workspace, lead_id, entry_seq, agreement_name, agreement_version, handed_off_at, segment, source, priority,
    owner, team, cycle, stage, at AS entered_at, is_first, flaw
  FROM report_entry WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.stage_entries IS 'An entry into `sal`, `sales-qualified`, `opportunity` or `customer`; `flaw` says what makes it unsound.';

CREATE VIEW reporting.clocks AS
  SELECT workspace, lead_id, cycle, clock, n, agreement_name, agreement_version, handed_off_at, segment, source,
    priority, owner, team, party, verdict, started_at, target_ms, due_at, completed_at, decided_at, overshoot_ms,
    is_corrected, used_ms, used_until, was_paused, cancelled_by
  FROM report_clock WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.clocks IS 'One promise on one lead; `owner` and `team` are those whom its verdict is counted for.';

CREATE VIEW reporting.decisions AS
  SELECT workspace, lead_id, decision_seq, agreement_name, agreement_version, handed_off_at, segment, source,
    priority, owner, team, cycle, kind, decided_at, reason, route, has_notes, is_taken_back
  FROM report_decision WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.decisions IS 'What sales decided on a lead: rejections and dispositions, with reason and route.';

CREATE VIEW reporting.disputes AS
  SELECT workspace, lead_id, dispute_seq, agreement_name, agreement_version, handed_off_at, segment, source,
    priority, owner, team, cycle, opened_at, reason, outcome, resolved_at
  FROM report_dispute WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.disputes IS 'A dispute about the quality of a lead, and what came of it.';

CREATE VIEW reporting.escalations AS
  SELECT workspace, lead_id, escalation_seq, agreement_name, agreement_version, handed_off_at, segment, source,
    priority, owner, team, kind, cycle, clock, n, party, step, fired_at, told_count, is_skipped, is_shadow,
    is_acknowledged, is_moved, answered_at, answered_ms
  FROM report_escalation WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.escalations IS 'A warning or a tier that fired.';

CREATE VIEW reporting.holdings AS
  SELECT workspace, lead_id, holding_seq, agreement_name, agreement_version, handed_off_at, segment, source,
    priority, owner, team, cycle, given_at, cause
  FROM report_holding WHERE superseded_at = 'infinity' AND NOT is_test;
COMMENT ON VIEW reporting.holdings IS 'A lead given to a person or a queue.';

CREATE VIEW reporting.open_leads AS
  SELECT workspace, lead_id, agreement_name, agreement_version, handed_off_at, segment, source, priority, owner,
    team, stage, cycle, started_at, entered_at, last_touched_at, is_resting, overdue_count, overdue_at
  FROM report_standing WHERE superseded_at = 'infinity' AND NOT is_test AND is_open;
COMMENT ON VIEW reporting.open_leads IS 'A lead that is open now: since when, where, and what is overdue.';

CREATE VIEW reporting.freshness AS SELECT workspace, recorded_at AS known_until FROM report_watermark;
COMMENT ON VIEW reporting.freshness IS 'Up to when everything recorded is in the views.';

-- Several databases of one server may be migrated at once, and whoever migrates may not be allowed to make roles: then an
-- administrator makes it and grants it the same.
DO $$
BEGIN
  CREATE ROLE handoff_reporting NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN RAISE NOTICE 'handoff_reporting could not be made: see docs/analysts.md';
END $$;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'handoff_reporting') THEN
    GRANT USAGE ON SCHEMA reporting TO handoff_reporting;
    GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO handoff_reporting;
  END IF;
END $$;
