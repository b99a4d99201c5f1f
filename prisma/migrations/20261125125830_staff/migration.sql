-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "held_by" UUID,
ADD COLUMN     "held_ticket" TEXT,
ADD COLUMN     "held_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "operators" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "centre_code" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operators_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "digest" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "coach_records" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" UUID NOT NULL,
    "coach_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" BYTEA,
    "stage" TEXT,
    "jobs" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coach_records_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "operators_centre_code_idx" ON "operators"("centre_code");

-- CreateIndex
CREATE INDEX "invitations_expires_at_idx" ON "invitations"("expires_at");

-- CreateIndex
CREATE INDEX "coach_records_resident_id_id_idx" ON "coach_records"("resident_id", "id");

-- CreateIndex
CREATE INDEX "coach_records_coach_id_idx" ON "coach_records"("coach_id");

-- AddForeignKey
ALTER TABLE "operators" ADD CONSTRAINT "operators_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_records" ADD CONSTRAINT "coach_records_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coach_records" ADD CONSTRAINT "coach_records_coach_id_fkey" FOREIGN KEY ("coach_id") REFERENCES "coaches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Held with its ticket, or not at all.
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_held" CHECK (num_nulls("held_by", "held_ticket", "held_until") IN (0, 3));
-- Each kind of a coach's record has what belongs to it, and nothing else.
ALTER TABLE "coach_records" ADD CONSTRAINT "coach_records_kind" CHECK (
  ("kind" = 'note' AND "text" IS NOT NULL AND "stage" IS NULL AND "jobs" IS NULL)
  OR ("kind" = 'stage' AND "text" IS NULL AND "stage" ~ '^P[1-7]$' AND "jobs" IS NULL)
  OR ("kind" = 'jobs' AND "text" IS NULL AND "stage" IS NULL AND "jobs" BETWEEN 1 AND 1000));

-- A wrong invitation counts, as a wrong code does.
ALTER TABLE "link_attempts" DROP CONSTRAINT "link_attempts_kind";
ALTER TABLE "link_attempts" ADD CONSTRAINT "link_attempts_kind" CHECK ("kind" IN ('made', 'wrong', 'invitation'));
