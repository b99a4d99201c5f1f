-- CreateTable
CREATE TABLE "workbook_deliveries" (
    "id" BIGSERIAL NOT NULL,
    "resident_id" UUID NOT NULL,
    "workbook" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "used" TEXT,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "workbook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "workbook_deliveries_resident_id_id_idx" ON "workbook_deliveries"("resident_id", "id");

-- AddForeignKey
ALTER TABLE "workbook_deliveries" ADD CONSTRAINT "workbook_deliveries_resident_id_fkey" FOREIGN KEY ("resident_id") REFERENCES "residents"("id") ON DELETE CASCADE ON UPDATE CASCADE;
