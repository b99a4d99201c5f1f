-- AlterTable
ALTER TABLE "residents" ADD COLUMN     "preferred_channel" TEXT;

-- CreateTable
CREATE TABLE "whatsapp_accounts" (
    "account" TEXT NOT NULL,
    "creds" BYTEA,
    "state" BYTEA,
    "number_digest" TEXT,
    "number_since" TIMESTAMPTZ(3),
    "locked_at" TIMESTAMPTZ(3),
    "locked_until" TIMESTAMPTZ(3),
    "started_on" TEXT,
    "started" INTEGER NOT NULL DEFAULT 0,
    "asked_id" UUID,
    "asked" BYTEA,
    "answer" BYTEA,

    CONSTRAINT "whatsapp_accounts_pkey" PRIMARY KEY ("account")
);

-- CreateTable
CREATE TABLE "whatsapp_keys" (
    "account" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "whatsapp_keys_pkey" PRIMARY KEY ("account","type","id")
);

-- CreateTable
CREATE TABLE "whatsapp_people" (
    "account" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "lid" BYTEA,
    "lid_digest" TEXT,
    "phone" BYTEA,
    "phone_digest" TEXT,
    "reach" TEXT NOT NULL,
    "wrote_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "whatsapp_people_pkey" PRIMARY KEY ("account","address")
);

-- CreateTable
CREATE TABLE "whatsapp_sent" (
    "account" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "outbound" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "content" BYTEA,
    "status" TEXT NOT NULL DEFAULT 'written',
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "whatsapp_sent_pkey" PRIMARY KEY ("account","id")
);

-- CreateTable
CREATE TABLE "moved_chats" (
    "account" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "current" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "moved_chats_pkey" PRIMARY KEY ("account","address")
);

-- CreateTable
CREATE TABLE "link_codes" (
    "digest" TEXT NOT NULL,
    "conversation_id" INTEGER NOT NULL,
    "resident_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "link_codes_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "link_attempts" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "link_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "whatsapp_people_wrote_at_idx" ON "whatsapp_people"("wrote_at");

-- CreateIndex
CREATE UNIQUE INDEX "whatsapp_people_account_lid_digest_key" ON "whatsapp_people"("account", "lid_digest");

-- CreateIndex
CREATE UNIQUE INDEX "whatsapp_people_account_phone_digest_key" ON "whatsapp_people"("account", "phone_digest");

-- CreateIndex
CREATE INDEX "whatsapp_sent_account_address_idx" ON "whatsapp_sent"("account", "address");

-- CreateIndex
CREATE INDEX "whatsapp_sent_at_idx" ON "whatsapp_sent"("at");

-- CreateIndex
CREATE INDEX "moved_chats_account_current_idx" ON "moved_chats"("account", "current");

-- CreateIndex
CREATE INDEX "link_codes_conversation_id_idx" ON "link_codes"("conversation_id");

-- CreateIndex
CREATE INDEX "link_codes_resident_id_idx" ON "link_codes"("resident_id");

-- CreateIndex
CREATE INDEX "link_codes_expires_at_idx" ON "link_codes"("expires_at");

-- CreateIndex
CREATE INDEX "link_attempts_conversation_id_at_idx" ON "link_attempts"("conversation_id", "at");

-- CreateIndex
CREATE INDEX "link_attempts_at_idx" ON "link_attempts"("at");

-- AddForeignKey
ALTER TABLE "link_codes" ADD CONSTRAINT "link_codes_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_codes" ADD CONSTRAINT "link_codes_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_attempts" ADD CONSTRAINT "link_attempts_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "whatsapp_people" ADD CONSTRAINT "whatsapp_people_reach" CHECK (("reach" = 'lid' AND "lid" IS NOT NULL) OR ("reach" = 'phone' AND "phone" IS NOT NULL));
ALTER TABLE "whatsapp_people" ADD CONSTRAINT "whatsapp_people_digests" CHECK (("lid" IS NULL) = ("lid_digest" IS NULL) AND ("phone" IS NULL) = ("phone_digest" IS NULL));
ALTER TABLE "whatsapp_sent" ADD CONSTRAINT "whatsapp_sent_status" CHECK ("status" IN ('written', 'sent', 'failed', 'delivered', 'read'));
ALTER TABLE "link_attempts" ADD CONSTRAINT "link_attempts_kind" CHECK ("kind" IN ('made', 'wrong'));
ALTER TABLE "residents" ADD CONSTRAINT "residents_preferred_channel" CHECK ("preferred_channel" IN ('telegram', 'whatsapp'));
