-- Whole now: an erasure also finds what was sent.
DROP INDEX "outbound_reminder_waiting";
CREATE INDEX "outbound_reminder_id_idx" ON "outbound"("reminder_id");
