-- Locks a workspace's routing to the end of the transaction, and says which revision its directory has: one statement that
-- is planned once, also where nobody has asked before.
CREATE FUNCTION "lock_routing"("of_workspace" TEXT) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
  known BIGINT;
BEGIN
  LOOP
    SELECT "directory_revision" INTO known FROM "routing_state" WHERE "workspace" = "of_workspace" FOR UPDATE;
    IF FOUND THEN
      RETURN known;
    END IF;
    INSERT INTO "routing_state" ("workspace") VALUES ("of_workspace") ON CONFLICT DO NOTHING;
  END LOOP;
END
$$;
