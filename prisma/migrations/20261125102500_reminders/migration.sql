-- AlterTable
ALTER TABLE "outbound" DROP COLUMN "guard",
DROP COLUMN "guard_resident",
ADD COLUMN     "reminder_id" BIGINT;

-- CreateTable
CREATE TABLE "reminders" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "resident_id" UUID,
    "staff_id" UUID,
    "conversation_id" INTEGER,
    "payload" BYTEA,
    "purpose" TEXT NOT NULL,
    "consent" BOOLEAN NOT NULL,
    "quiet" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "via_id" INTEGER,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_chats" (
    "conversation_id" INTEGER NOT NULL,
    "staff_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_chats_pkey" PRIMARY KEY ("conversation_id","staff_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reminders_key_key" ON "reminders"("key");

-- CreateIndex
CREATE INDEX "reminders_subject_idx" ON "reminders"("subject");

-- CreateIndex
CREATE INDEX "reminders_resident_id_idx" ON "reminders"("resident_id");

-- CreateIndex
CREATE INDEX "reminders_conversation_id_idx" ON "reminders"("conversation_id");

-- CreateIndex
CREATE INDEX "reminders_ended_at_idx" ON "reminders"("ended_at");

-- CreateIndex
CREATE INDEX "staff_chats_staff_id_idx" ON "staff_chats"("staff_id");

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_chats" ADD CONSTRAINT "staff_chats_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is still to be said, soonest first; and what a chat that blocks us, or a reminder that is cancelled, takes along.
CREATE INDEX "reminders_waiting" ON "reminders" ("due_at", "id") WHERE "status" = 'waiting';
CREATE INDEX "reminders_queued" ON "reminders" ("via_id") WHERE "status" = 'queued';
CREATE INDEX "reminders_unreachable" ON "reminders" ("ended_at") WHERE "status" = 'unreachable';
CREATE INDEX "outbound_reminder_waiting" ON "outbound" ("reminder_id") WHERE "status" = 'waiting' AND "reminder_id" IS NOT NULL;

ALTER TABLE "reminders" ADD CONSTRAINT "reminders_status" CHECK ("status" IN ('waiting', 'queued', 'sent', 'dropped', 'unreachable', 'unknown'));
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_purpose" CHECK ("purpose" IN ('reminder', 'operator', 'bulk'));
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_quiet" CHECK ("quiet" IN ('morning', 'drop', 'always'));
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_one_recipient" CHECK (num_nonnulls("resident_id", "staff_id", "conversation_id") = 1);
ALTER TABLE "staff_chats" ADD CONSTRAINT "staff_chats_role" CHECK ("role" IN ('coach', 'operator'));

-- The chats in which somebody can be met: those that speak for a resident, those of a member of staff, or the one itself.
CREATE FUNCTION "chats_of"("resident" uuid, "staff" uuid, "conversation" int) RETURNS SETOF int LANGUAGE sql STABLE AS $$
  SELECT l."conversation_id" FROM "conversation_residents" l WHERE l."resident_id" = "resident"
  UNION ALL SELECT s."conversation_id" FROM "staff_chats" s WHERE s."staff_id" = "staff"
  UNION ALL SELECT "conversation" WHERE "conversation" IS NOT NULL
$$;

-- What their sandbox clock adds to the real time, ms; 0 for everybody but people of the chat page.
CREATE FUNCTION "clock_offset_of"("resident" uuid, "staff" uuid, "conversation" int) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT c."clock_offset_ms" FROM "conversations" c
    WHERE c."sandbox" AND c."id" IN (SELECT "chats_of"("resident", "staff", "conversation"))
    ORDER BY c."active_at" DESC NULLS LAST, c."id" LIMIT 1), 0)
$$;
