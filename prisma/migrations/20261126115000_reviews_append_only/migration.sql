-- What happened to a review, and what it opened with, stays as it was recorded; only how it stands goes on.
CREATE TRIGGER "review_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "review_event"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "review_append_only" BEFORE DELETE OR TRUNCATE OR UPDATE OF "workspace", "id", "agreement_name", "name", "kind",
  "scheduled_at", "opened_at", "period_from", "period_to", "opening", "pack", "pack_hash", "recorded_at" ON "review"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
