-- CreateTable
CREATE TABLE "conversations" (
    "id" SERIAL NOT NULL,
    "channel" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "clock_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "state" BYTEA,
    "flow" TEXT,
    "flow_version" INTEGER,
    "step" TEXT,
    "language" TEXT NOT NULL DEFAULT 'id',
    "blocked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "active_at" TIMESTAMPTZ(3),

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" BYTEA,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "result" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "inbound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbound" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "inbound_id" BIGINT,
    "purpose" TEXT NOT NULL,
    "guard" TEXT,
    "guard_resident" UUID,
    "body" BYTEA,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "lease" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "provider_id" TEXT,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "timers" (
    "id" SERIAL NOT NULL,
    "conversation_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "wait" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "timers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "residents" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" BYTEA NOT NULL,
    "form_of_address" TEXT NOT NULL,
    "phone" BYTEA,
    "phone_digest" TEXT,
    "nik" BYTEA,
    "nik_digest" TEXT,
    "nik_given_at" TIMESTAMPTZ(3),
    "kelurahan" TEXT NOT NULL,
    "centre_code" TEXT NOT NULL,
    "coach_id" UUID,
    "stage" TEXT NOT NULL DEFAULT 'P1',
    "next_step" TEXT NOT NULL,
    "reminders" BOOLEAN NOT NULL DEFAULT false,
    "restricted_at" TIMESTAMPTZ(3),
    "language" TEXT NOT NULL DEFAULT 'id',
    "source" TEXT,
    "sandbox" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "residents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_residents" (
    "conversation_id" INTEGER NOT NULL,
    "resident_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_residents_pkey" PRIMARY KEY ("conversation_id","resident_id")
);

-- CreateTable
CREATE TABLE "intakes" (
    "resident_id" UUID NOT NULL,
    "wants_job" BOOLEAN NOT NULL,
    "wants_start" BOOLEAN NOT NULL,
    "wants_grow" BOOLEAN NOT NULL,
    "primary_need" TEXT,
    "job_education" TEXT,
    "job_field" TEXT,
    "job_training" TEXT,
    "start_field" TEXT,
    "start_tried" BOOLEAN,
    "start_capital" BIGINT,
    "start_block" TEXT,
    "grow_name" TEXT,
    "grow_field" TEXT,
    "grow_since" TEXT,
    "grow_sales" TEXT,
    "grow_workers" TEXT,
    "grow_permits" TEXT[],
    "grow_books" TEXT,
    "grow_need" TEXT,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "intakes_pkey" PRIMARY KEY ("resident_id")
);

-- CreateTable
CREATE TABLE "consent_texts" (
    "sha256" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_texts_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "consents" (
    "id" SERIAL NOT NULL,
    "conversation_id" INTEGER,
    "resident_id" UUID,
    "subject_digest" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "answer" BOOLEAN NOT NULL,
    "text_sha256" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "inbound_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_requests" (
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "conversation_id" INTEGER,
    "subject_digest" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_requests_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "tombstones" (
    "subject_digest" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tombstones_pkey" PRIMARY KEY ("subject_digest")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_digest" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tickets" (
    "number" TEXT NOT NULL,
    "conversation_id" INTEGER NOT NULL,
    "resident_id" UUID,
    "reason" TEXT NOT NULL,
    "text" BYTEA,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "centres" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kota" TEXT NOT NULL,
    "address" TEXT,
    "opens_at" TEXT NOT NULL DEFAULT '08:00',
    "closes_at" TEXT NOT NULL DEFAULT '16:00',
    "open_days" INTEGER[] DEFAULT ARRAY[1, 2, 3, 4, 5]::INTEGER[],

    CONSTRAINT "centres_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "coaches" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "centre_code" TEXT NOT NULL,
    "serves" TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coaches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holidays" (
    "date" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "holidays_pkey" PRIMARY KEY ("date")
);

-- CreateTable
CREATE TABLE "step_counts" (
    "day" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "step_counts_pkey" PRIMARY KEY ("day","flow","version","step","event")
);

-- CreateTable
CREATE TABLE "unread_texts" (
    "flow" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "masked" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "unread_texts_pkey" PRIMARY KEY ("flow","step","masked")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "conversations_flow_step_idx" ON "conversations"("flow", "step");

-- CreateIndex
CREATE UNIQUE INDEX "conversations_account_address_key" ON "conversations"("account", "address");

-- CreateIndex
CREATE INDEX "inbound_conversation_id_id_idx" ON "inbound"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "inbound_handled_at_idx" ON "inbound"("handled_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_account_external_id_key" ON "inbound"("account", "external_id");

-- CreateIndex
CREATE INDEX "outbound_conversation_id_id_idx" ON "outbound"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "outbound_sent_at_idx" ON "outbound"("sent_at");

-- CreateIndex
CREATE INDEX "timers_due_at_idx" ON "timers"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "timers_conversation_id_key" ON "timers"("conversation_id");

-- CreateIndex
CREATE UNIQUE INDEX "residents_number_key" ON "residents"("number");

-- CreateIndex
CREATE INDEX "residents_centre_code_idx" ON "residents"("centre_code");

-- CreateIndex
CREATE INDEX "residents_coach_id_idx" ON "residents"("coach_id");

-- CreateIndex
CREATE INDEX "residents_phone_digest_idx" ON "residents"("phone_digest");

-- CreateIndex
CREATE INDEX "residents_nik_digest_idx" ON "residents"("nik_digest");

-- CreateIndex
CREATE INDEX "conversation_residents_resident_id_idx" ON "conversation_residents"("resident_id");

-- CreateIndex
CREATE INDEX "consents_conversation_id_idx" ON "consents"("conversation_id");

-- CreateIndex
CREATE INDEX "consents_resident_id_idx" ON "consents"("resident_id");

-- CreateIndex
CREATE INDEX "privacy_requests_due_at_idx" ON "privacy_requests"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_hash_key" ON "audit"("hash");

-- CreateIndex
CREATE INDEX "tickets_answered_at_idx" ON "tickets"("answered_at");

-- CreateIndex
CREATE INDEX "tickets_resident_id_idx" ON "tickets"("resident_id");

-- CreateIndex
CREATE INDEX "coaches_centre_code_idx" ON "coaches"("centre_code");

-- AddForeignKey
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbound" ADD CONSTRAINT "outbound_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timers" ADD CONSTRAINT "timers_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "residents" ADD CONSTRAINT "residents_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "residents" ADD CONSTRAINT "residents_coach_id_fkey" FOREIGN KEY ("coach_id") REFERENCES "coaches"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_residents" ADD CONSTRAINT "conversation_residents_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_residents" ADD CONSTRAINT "conversation_residents_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "intakes" ADD CONSTRAINT "intakes_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consents" ADD CONSTRAINT "consents_text_sha256_fkey" FOREIGN KEY ("text_sha256") REFERENCES "consent_texts"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coaches" ADD CONSTRAINT "coaches_centre_code_fkey" FOREIGN KEY ("centre_code") REFERENCES "centres"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The path's queues: only what is still to be done, oldest first.
CREATE INDEX "inbound_unhandled" ON "inbound" ("conversation_id", "id") WHERE "handled_at" IS NULL;
CREATE INDEX "outbound_waiting" ON "outbound" ("account", "conversation_id", "id") WHERE "status" = 'waiting';

-- One active resident at most for a conversation.
CREATE UNIQUE INDEX "conversation_residents_one_active" ON "conversation_residents" ("conversation_id") WHERE "active";

ALTER TABLE "inbound" ADD CONSTRAINT "inbound_attempts" CHECK ("attempts" >= 0);
ALTER TABLE "outbound" ADD CONSTRAINT "outbound_status" CHECK ("status" IN ('waiting', 'sent', 'blocked', 'refused', 'unknown', 'dropped'));
ALTER TABLE "residents" ADD CONSTRAINT "residents_stage" CHECK ("stage" ~ '^P[1-7]$');
ALTER TABLE "consents" ADD CONSTRAINT "consents_purpose" CHECK ("purpose" IN ('data', 'reminders'));

-- Evidence is append-only.
CREATE FUNCTION "audit_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit rows are append-only';
END
$$;
CREATE TRIGGER "audit_append_only" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "audit_append_only"();
