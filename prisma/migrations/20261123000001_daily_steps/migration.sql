-- How many steps of the cadence a day may ask of a person; null: no limit.
ALTER TABLE "person" ADD COLUMN "daily_steps" INTEGER;
ALTER TABLE "person" ADD CONSTRAINT "person_daily_steps_check" CHECK ("daily_steps" >= 1);
