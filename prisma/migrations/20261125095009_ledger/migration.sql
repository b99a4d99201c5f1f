-- CreateTable
CREATE TABLE "ledger_rows" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" UUID NOT NULL,
    "inbound_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "said" BYTEA,
    "reverses_id" BIGINT,
    "replaces_id" BIGINT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_rows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_days_off" (
    "resident_id" UUID NOT NULL,
    "date" TEXT NOT NULL,

    CONSTRAINT "ledger_days_off_pkey" PRIMARY KEY ("resident_id","date")
);

-- CreateTable
CREATE TABLE "ledger_settings" (
    "resident_id" UUID NOT NULL,
    "evening_hour" INTEGER,
    "offered" BOOLEAN NOT NULL DEFAULT false,
    "ignored" INTEGER NOT NULL DEFAULT 0,
    "asked_opening" BOOLEAN NOT NULL DEFAULT false,
    "night_day" TEXT,
    "shared" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ledger_settings_pkey" PRIMARY KEY ("resident_id")
);

-- CreateTable
CREATE TABLE "ledger_phrases" (
    "resident_id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "phrase" BYTEA NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "learned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_phrases_pkey" PRIMARY KEY ("resident_id","digest")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_rows_reverses_id_key" ON "ledger_rows"("reverses_id");

-- CreateIndex
CREATE INDEX "ledger_rows_resident_id_id_idx" ON "ledger_rows"("resident_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_rows_inbound_id_n_key" ON "ledger_rows"("inbound_id", "n");

-- AddForeignKey
ALTER TABLE "ledger_rows" ADD CONSTRAINT "ledger_rows_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_days_off" ADD CONSTRAINT "ledger_days_off_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_settings" ADD CONSTRAINT "ledger_settings_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_phrases" ADD CONSTRAINT "ledger_phrases_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
