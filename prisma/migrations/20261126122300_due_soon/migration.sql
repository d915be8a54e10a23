-- What falls due next is looked for among the few clocks that are undecided and due within a day.
CREATE INDEX "report_clock_workspace_due_at_idx" ON "report_clock" ("workspace", "due_at") WHERE "verdict" = 'pending';
