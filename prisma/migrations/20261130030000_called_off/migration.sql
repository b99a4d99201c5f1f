-- AlterTable
ALTER TABLE "bookings" ADD COLUMN     "settled_at" TIMESTAMPTZ(3);

-- What the programme called off and nobody has put right yet: few rows of many.
CREATE INDEX "bookings_unsettled" ON "bookings" ("resident_id") WHERE "status" = 'cancelled' AND "cancelled_by" <> 'resident' AND "settled_at" IS NULL;
-- Those that were called off before this: nobody is asked about them any more.
UPDATE "bookings" SET "settled_at" = "updated_at" WHERE "status" = 'cancelled' AND "cancelled_by" <> 'resident';
