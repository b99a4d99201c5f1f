-- Equality beside overlap in one exclusion constraint. Trusted since PostgreSQL 13: the database's owner may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- AlterTable
ALTER TABLE "centres" DROP COLUMN "closes_at",
DROP COLUMN "open_days",
DROP COLUMN "opens_at",
ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "rooms" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "sample" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "coaches" ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY['id']::TEXT[],
ADD COLUMN     "sample" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "centre_hours" (
    "id" SERIAL NOT NULL,
    "centre_code" TEXT NOT NULL,
    "timetable" TEXT NOT NULL DEFAULT 'regular',
    "weekday" INTEGER NOT NULL,
    "opens" INTEGER NOT NULL,
    "closes" INTEGER NOT NULL,

    CONSTRAINT "centre_hours_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "centre_exceptions" (
    "id" SERIAL NOT NULL,
    "centre_code" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "opens" INTEGER,
    "closes" INTEGER,
    "reason" TEXT NOT NULL,

    CONSTRAINT "centre_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ramadan" (
    "first_day" TEXT NOT NULL,
    "last_day" TEXT NOT NULL,

    CONSTRAINT "ramadan_pkey" PRIMARY KEY ("first_day")
);

-- CreateTable
CREATE TABLE "coach_hours" (
    "id" SERIAL NOT NULL,
    "coach_id" UUID NOT NULL,
    "centre_code" TEXT NOT NULL,
    "weekday" INTEGER NOT NULL,
    "opens" INTEGER NOT NULL,
    "closes" INTEGER NOT NULL,

    CONSTRAINT "coach_hours_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coach_time_off" (
    "id" SERIAL NOT NULL,
    "coach_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coach_time_off_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "booking_rules" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "session_minutes" INTEGER NOT NULL DEFAULT 45,
    "grid_minutes" INTEGER NOT NULL DEFAULT 60,
    "buffer_before" INTEGER NOT NULL DEFAULT 0,
    "buffer_after" INTEGER NOT NULL DEFAULT 15,
    "minimum_notice" INTEGER NOT NULL DEFAULT 120,
    "furthest_days" INTEGER NOT NULL DEFAULT 30,
    "hold_minutes" INTEGER NOT NULL DEFAULT 5,
    "offer_minutes" INTEGER NOT NULL DEFAULT 30,

    CONSTRAINT "booking_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bookings" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "resident_id" UUID NOT NULL,
    "centre_code" TEXT NOT NULL,
    "coach_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "busy_from" TIMESTAMPTZ(3) NOT NULL,
    "busy_until" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "hold_until" TIMESTAMPTZ(3),
    "cancelled_by" TEXT,
    "attendance_at" TIMESTAMPTZ(3),
    "attendance_by" TEXT,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bookings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waiting_list" (
    "id" UUID NOT NULL,
    "resident_id" UUID NOT NULL,
    "centre_code" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "date" TEXT,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "turn_at" TIMESTAMPTZ(3) NOT NULL,
    "booking_id" UUID,
    "offer_until" TIMESTAMPTZ(3),
    "offers" INTEGER NOT NULL DEFAULT 0,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waiting_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feedback" (
    "booking_id" UUID NOT NULL,
    "answer" TEXT NOT NULL,
    "why" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("booking_id")
);

-- CreateTable
CREATE TABLE "walk_ins" (
    "id" SERIAL NOT NULL,
    "resident_id" UUID NOT NULL,
    "centre_code" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "walk_ins_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "centre_hours_centre_code_idx" ON "centre_hours"("centre_code");

-- CreateIndex
CREATE INDEX "centre_exceptions_centre_code_date_idx" ON "centre_exceptions"("centre_code", "date");

-- CreateIndex
CREATE INDEX "coach_hours_coach_id_idx" ON "coach_hours"("coach_id");

-- CreateIndex
CREATE INDEX "coach_hours_centre_code_idx" ON "coach_hours"("centre_code");

-- CreateIndex
CREATE INDEX "coach_time_off_coach_id_ends_at_idx" ON "coach_time_off"("coach_id", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "bookings_code_key" ON "bookings"("code");

-- CreateIndex
CREATE INDEX "bookings_resident_id_idx" ON "bookings"("resident_id");

-- CreateIndex
CREATE INDEX "bookings_centre_code_starts_at_idx" ON "bookings"("centre_code", "starts_at");

-- CreateIndex
CREATE INDEX "bookings_coach_id_starts_at_idx" ON "bookings"("coach_id", "starts_at");

-- CreateIndex
CREATE INDEX "waiting_list_resident_id_idx" ON "waiting_list"("resident_id");

-- CreateIndex
CREATE INDEX "waiting_list_centre_code_status_turn_at_idx" ON "waiting_list"("centre_code", "status", "turn_at");

-- CreateIndex
CREATE UNIQUE INDEX "walk_ins_resident_id_centre_code_date_key" ON "walk_ins"("resident_id", "centre_code", "date");

-- AddForeignKey
ALTER TABLE "centre_hours" ADD CONSTRAINT "centre_hours_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "centre_exceptions" ADD CONSTRAINT "centre_exceptions_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_hours" ADD CONSTRAINT "coach_hours_coach_id_fkey" FOREIGN KEY ("coach_id") REFERENCES "coaches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_hours" ADD CONSTRAINT "coach_hours_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_time_off" ADD CONSTRAINT "coach_time_off_coach_id_fkey" FOREIGN KEY ("coach_id") REFERENCES "coaches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_coach_id_fkey" FOREIGN KEY ("coach_id") REFERENCES "coaches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list" ADD CONSTRAINT "waiting_list_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list" ADD CONSTRAINT "waiting_list_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_list" ADD CONSTRAINT "waiting_list_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "bookings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "walk_ins" ADD CONSTRAINT "walk_ins_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── What must never happen, whatever the code does ──

-- Hours: real times of day, in order, and never two intervals over each other.
ALTER TABLE "centre_hours" ADD CONSTRAINT "centre_hours_valid" CHECK (
  "timetable" IN ('regular', 'ramadan') AND "weekday" BETWEEN 1 AND 7 AND 0 <= "opens" AND "opens" < "closes" AND "closes" <= 1440);
ALTER TABLE "centre_hours" ADD CONSTRAINT "centre_hours_apart" EXCLUDE USING gist (
  "centre_code" WITH =, "timetable" WITH =, "weekday" WITH =, int4range("opens", "closes") WITH &&);
ALTER TABLE "centre_exceptions" ADD CONSTRAINT "centre_exceptions_valid" CHECK (
  "date" ~ '^\d{4}-\d{2}-\d{2}$' AND ("opens" IS NULL) = ("closes" IS NULL)
  AND ("opens" IS NULL OR (0 <= "opens" AND "opens" < "closes" AND "closes" <= 1440)));
-- A closed date is the whole day (both bounds open), so it stands alone.
ALTER TABLE "centre_exceptions" ADD CONSTRAINT "centre_exceptions_apart" EXCLUDE USING gist (
  "centre_code" WITH =, "date" WITH =, int4range("opens", "closes") WITH &&);
ALTER TABLE "ramadan" ADD CONSTRAINT "ramadan_valid" CHECK (
  "first_day" ~ '^\d{4}-\d{2}-\d{2}$' AND "last_day" ~ '^\d{4}-\d{2}-\d{2}$' AND "first_day" <= "last_day");
ALTER TABLE "coach_hours" ADD CONSTRAINT "coach_hours_valid" CHECK (
  "weekday" BETWEEN 1 AND 7 AND 0 <= "opens" AND "opens" < "closes" AND "closes" <= 1440);
-- Nobody is at two centres at once.
ALTER TABLE "coach_hours" ADD CONSTRAINT "coach_hours_apart" EXCLUDE USING gist (
  "coach_id" WITH =, "weekday" WITH =, int4range("opens", "closes") WITH &&);
ALTER TABLE "coach_time_off" ADD CONSTRAINT "coach_time_off_valid" CHECK ("starts_at" < "ends_at");
ALTER TABLE "centres" ADD CONSTRAINT "centres_valid" CHECK (
  "rooms" >= 1 AND ("latitude" IS NULL) = ("longitude" IS NULL)
  AND ("latitude" IS NULL OR ("latitude" BETWEEN -90 AND 90 AND "longitude" BETWEEN -180 AND 180)));
ALTER TABLE "coaches" ADD CONSTRAINT "coaches_serves" CHECK ("serves" <@ ARRAY['cari_kerja', 'mulai_usaha', 'naik_kelas']);

-- One row of rules. Slots of a centre never overlap, so a grid step is at least a session.
ALTER TABLE "booking_rules" ADD CONSTRAINT "booking_rules_valid" CHECK (
  "id" = 1 AND "session_minutes" BETWEEN 5 AND 480 AND "grid_minutes" BETWEEN "session_minutes" AND 720
  AND "buffer_before" BETWEEN 0 AND 240 AND "buffer_after" BETWEEN 0 AND 240
  AND "minimum_notice" BETWEEN 0 AND 43200 AND "furthest_days" BETWEEN 1 AND 365
  AND "hold_minutes" BETWEEN 1 AND 60 AND "offer_minutes" BETWEEN 1 AND 1440);
INSERT INTO "booking_rules" ("id") VALUES (1);

ALTER TABLE "bookings" ADD CONSTRAINT "bookings_status" CHECK (
  "status" IN ('held', 'booked', 'cancelled', 'attended', 'no_show', 'ended'));
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_valid" CHECK (
  "busy_from" <= "starts_at" AND "starts_at" < "ends_at" AND "ends_at" <= "busy_until" AND "seat" >= 1 AND "version" >= 1
  AND ("status" = 'held') = ("hold_until" IS NOT NULL)
  AND ("attendance_at" IS NULL) = ("attendance_by" IS NULL)
  AND ("status" = 'cancelled') = ("cancelled_by" IS NOT NULL)
  AND "topic" IN ('memulai_usaha', 'perizinan', 'pemasaran', 'pembukuan', 'akses_modal', 'info_kerja', 'lainnya'));
-- A coach meets one person at a time. The two ranges together keep neighbours apart by the larger of the two buffers:
-- one padded range would add them. Sandbox people compete among themselves only.
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_coach_after" EXCLUDE USING gist (
  "coach_id" WITH =, ("sandbox"::int) WITH =, tstzrange("starts_at", "busy_until") WITH &&) WHERE ("status" <> 'cancelled');
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_coach_before" EXCLUDE USING gist (
  "coach_id" WITH =, ("sandbox"::int) WITH =, tstzrange("busy_from", "ends_at") WITH &&) WHERE ("status" <> 'cancelled');
-- A place of a centre has one session at a time, and there are no more places than rooms (the trigger below).
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_seat" EXCLUDE USING gist (
  "centre_code" WITH =, "seat" WITH =, ("sandbox"::int) WITH =, tstzrange("starts_at", "ends_at") WITH &&) WHERE ("status" <> 'cancelled');
-- One open booking and one hold of a resident. A hold is not an open booking, so that a booking can be moved.
CREATE UNIQUE INDEX "bookings_one_open" ON "bookings" ("resident_id") WHERE "status" = 'booked';
CREATE UNIQUE INDEX "bookings_one_hold" ON "bookings" ("resident_id") WHERE "status" = 'held';
CREATE INDEX "bookings_holds" ON "bookings" ("hold_until") WHERE "status" = 'held';

CREATE FUNCTION "bookings_seat_exists"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seat > (SELECT rooms FROM centres WHERE code = NEW.centre_code) THEN
    RAISE EXCEPTION 'seat % of centre %: there are not that many rooms', NEW.seat, NEW.centre_code
      USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_seat_exists';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "bookings_seat_exists" BEFORE INSERT OR UPDATE OF "seat", "centre_code" ON "bookings"
  FOR EACH ROW EXECUTE FUNCTION "bookings_seat_exists"();

ALTER TABLE "waiting_list" ADD CONSTRAINT "waiting_list_valid" CHECK (
  "status" IN ('waiting', 'offered', 'taken', 'left', 'passed') AND ("status" = 'offered') = ("offer_until" IS NOT NULL)
  AND ("date" IS NULL OR "date" ~ '^\d{4}-\d{2}-\d{2}$')
  AND "topic" IN ('memulai_usaha', 'perizinan', 'pemasaran', 'pembukuan', 'akses_modal', 'info_kerja', 'lainnya'));
CREATE UNIQUE INDEX "waiting_list_once" ON "waiting_list" ("resident_id") WHERE "status" IN ('waiting', 'offered');
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_answer" CHECK ("answer" IN ('helped', 'less', 'did_not_come'));

-- Centres that were open by the columns dropped above keep the office hours those columns stood for, with the noon break.
INSERT INTO "centre_hours" ("centre_code", "weekday", "opens", "closes")
SELECT "code", "weekday", "opens", "closes" FROM "centres",
  (VALUES (1, 480, 720), (1, 780, 960), (2, 480, 720), (2, 780, 960), (3, 480, 720), (3, 780, 960),
          (4, 480, 720), (4, 780, 960), (5, 480, 660), (5, 780, 960)) AS office ("weekday", "opens", "closes");
