-- CreateTable
CREATE TABLE "paces" (
    "account" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "paces_pkey" PRIMARY KEY ("account")
);
