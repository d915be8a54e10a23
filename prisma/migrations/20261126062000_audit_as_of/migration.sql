-- An entry is recorded when it is written, whatever its writer says, and its transaction ends within 5 s, whoever opened
-- it: what was not there 10 s after an instant never will be, so the trail as of an instant is always the same.
CREATE FUNCTION "record_audit_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."recorded_at" := clock_timestamp();
  IF current_setting('transaction_timeout') = '0' THEN
    PERFORM set_config('transaction_timeout', '5s', true);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "audit_entry_recorded" BEFORE INSERT ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "record_audit_entry"();
