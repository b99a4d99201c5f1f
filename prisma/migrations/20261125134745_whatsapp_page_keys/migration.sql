-- CreateTable
CREATE TABLE "whatsapp_page_keys" (
    "digest" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "whatsapp_page_keys_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "whatsapp_page_keys_expires_at_idx" ON "whatsapp_page_keys"("expires_at");
