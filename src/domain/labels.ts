import type { StepCode } from './intake.ts'

/** Words for stored codes, in both languages. The flows offer the same codes (a test compares them). */
export type Words = { id: string; en: string }
export type Language = keyof Words

const words = (id: string, en = id): Words => ({ id, en })

const NO_ANSWER = words('Tidak ingin menjawab', 'Prefer not to say')
const OTHER = words('Lainnya', 'Something else')

const FIELD = {
  kuliner: words('Makanan dan minuman', 'Food and drinks'),
  fesyen: words('Fesyen', 'Fashion'),
  kerajinan: words('Kerajinan', 'Crafts'),
  dagang: words('Warung atau dagang', 'Shop or trade'),
  jasa: words('Jasa', 'Services'),
  online: words('Jualan online', 'Online selling'),
  tani: words('Tani atau ikan kota', 'Urban farming or fish'),
}

/** The answers to choice questions. */
export const OPTIONS = {
  primaryNeed: {
    cari_kerja: words('Cari kerja', 'Find a job'),
    mulai_usaha: words('Mulai usaha', 'Start a business'),
    naik_kelas: words('Naik kelas', 'Grow a business'),
  },
  formOfAddress: { Bapak: words('Bapak'), Ibu: words('Ibu'), Kak: words('Kak') },
  jobEducation: {
    sd: words('SD/sederajat', 'Primary school'),
    smp: words('SMP/sederajat', 'Junior high school'),
    sma: words('SMA/SMK/sederajat', 'Senior high school'),
    diploma: words('D1–D3', 'Diploma'),
    s1: words('D4/S1', 'Bachelor'),
    s2: words('S2 ke atas', 'Master or higher'),
    tidak_menjawab: NO_ANSWER,
  },
  jobTraining: {
    ya: words('Ya, berminat', 'Yes'),
    tidak: words('Tidak', 'No'),
    lihat_dulu: words('Lihat dulu', 'Maybe later'),
  },
  startField: { ...FIELD, belum_tahu: words('Belum tahu', 'Not sure yet'), lainnya: OTHER },
  startBlock: {
    ide: words('Belum ada ide', 'No idea yet'),
    modal: words('Modal', 'Capital'),
    produksi: words('Belum bisa produksi', 'Making the product'),
    izin: words('Izin usaha', 'Permits'),
    menjual: words('Cara menjual', 'How to sell'),
    uang: words('Mengatur uang', 'Handling money'),
    waktu: words('Waktu atau keluarga', 'Time or family'),
    lainnya: OTHER,
  },
  growField: { ...FIELD, lainnya: OTHER },
  growSince: {
    kurang_6_bulan: words('Kurang 6 bulan', 'Under 6 months'),
    sampai_2_tahun: words('6 bulan–2 tahun', '6 months–2 years'),
    lebih_2_tahun: words('Lebih 2 tahun', 'Over 2 years'),
  },
  growSales: {
    di_bawah_3jt: words('Di bawah Rp3 juta', 'Under Rp3 million'),
    sampai_10jt: words('Rp3–10 juta', 'Rp3–10 million'),
    sampai_25jt: words('Rp10–25 juta', 'Rp10–25 million'),
    sampai_41jt: words('Rp25–41 juta', 'Rp25–41 million'),
    sampai_166jt: words('Rp41–166 juta', 'Rp41–166 million'),
    di_atas_166jt: words('Di atas Rp166 juta', 'Over Rp166 million'),
    tidak_tahu: words('Tidak tahu', 'Do not know'),
    tidak_menjawab: NO_ANSWER,
  },
  growWorkers: {
    sendiri: words('Sendiri', 'Only me'),
    dua_sampai_empat: words('2–4 orang', '2–4 people'),
    lima_lebih: words('5 atau lebih', '5 or more'),
  },
  growPermits: {
    nib: words('NIB'),
    pirt: words('PIRT'),
    halal: words('Halal'),
    merek: words('Merek', 'Trade mark'),
    lainnya: OTHER,
    belum_ada: words('Belum ada', 'None yet'),
  },
  growBooks: {
    rutin: words('Rutin', 'Always'),
    kadang: words('Kadang-kadang', 'Sometimes'),
    belum: words('Belum', 'Not yet'),
  },
  growNeed: {
    produk: words('Produk dan kemasan', 'Product, packaging'),
    perizinan: words('Perizinan', 'Permits'),
    pemasaran: words('Pemasaran', 'Marketing'),
    pembukuan: words('Pembukuan', 'Bookkeeping'),
    modal: words('Modal', 'Capital'),
    pekerja: words('Pekerja', 'Workers'),
    lainnya: OTHER,
  },
} as const satisfies Record<string, Record<string, Words>>

export type OptionField = keyof typeof OPTIONS

/** The word for a stored code; a code that is no longer offered is shown as it is. */
export function optionLabel(field: OptionField, code: string, language: Language): string {
  const options: Record<string, Words> = OPTIONS[field]
  return options[code]?.[language] ?? code
}

/** The seven steps of the movement, P1 to P7. */
const STAGES: Record<string, Words> = {
  P1: words('pendaftaran', 'registration'),
  P2: words('pelatihan', 'training'),
  P3: words('pendampingan', 'mentoring'),
  P4: words('perizinan', 'permits'),
  P5: words('pemasaran', 'marketing'),
  P6: words('pelaporan keuangan', 'financial reports'),
  P7: words('permodalan', 'access to capital'),
}

export const stageLabel = (stage: string, language: Language) =>
  `${stage} (${STAGES[stage]?.[language] ?? ''}, ${language === 'id' ? 'tahap' : 'step'} ${stage.slice(1)} ${
    language === 'id' ? 'dari' : 'of'
  } 7)`

/** Fits after "Langkah berikutnya:". No step promises money: the programme prepares people to apply, the bank decides. */
const STEPS: Record<StepCode, Words> = {
  tanya: words(
    'belum ada yang perlu dilakukan; kalau nanti ingin mencari kerja, memulai usaha, atau naik kelas, ketik menu',
    'nothing for now; whenever you want to find a job, start or grow a business, type menu',
  ),
  kerja_pelatihan: words(
    'bertemu coach untuk topik Info kerja dan memilih pelatihan kerja gratis',
    'meet a coach about jobs and choose a free training',
  ),
  kerja_info: words(
    'bertemu coach untuk topik Info kerja dan membuat kartu pencari kerja (AK-1), gratis',
    'meet a coach about jobs and get a job-seeker card (AK-1), free of charge',
  ),
  mulai_ide: words(
    'ikut kelas dasar di kecamatan; coach membantu memilih usaha yang cocok',
    'join the basic class in your district; a coach helps you choose a business that fits',
  ),
  mulai_kelas: words(
    'ikut kelas dasar di kecamatan, lalu bertemu coach untuk topik Memulai usaha',
    'join the basic class in your district, then meet a coach about starting a business',
  ),
  mulai_coba: words(
    'bertemu coach untuk topik Memulai usaha; bawa contoh yang sudah pernah dijual',
    'meet a coach about starting a business; bring a sample of what you sold',
  ),
  nib: words(
    'mengurus NIB (gratis) bersama coach, topik Perizinan',
    'get your business number (NIB, free) with a coach, topic permits',
  ),
  izin_pangan: words(
    'mengurus izin PIRT atau sertifikat halal bersama coach, topik Perizinan',
    'get the PIRT licence or halal certificate with a coach, topic permits',
  ),
  izin_lain: words(
    'membahas izin dan merek yang masih diperlukan bersama coach, topik Perizinan',
    'discuss the permits or trade mark you still need with a coach, topic permits',
  ),
  catat_kas: words(
    'mulai mengisi buku kas harian selama satu minggu, lalu membawanya ke coach, topik Pembukuan',
    'keep a daily cash book for one week, then bring it to a coach, topic bookkeeping',
  ),
  pemasaran: words(
    'bertemu coach untuk topik Pemasaran; bawa contoh produk dan fotonya',
    'meet a coach about marketing; bring a sample and photos of your product',
  ),
  siap_modal: words(
    'menyiapkan laba rugi dan neraca bersama coach agar siap mengajukan pembiayaan, topik Akses modal',
    'prepare a profit statement and balance sheet with a coach before applying for finance, topic capital',
  ),
  produk: words(
    'bertemu coach untuk membahas produk dan kemasan; bawa contohnya',
    'meet a coach about your product and packaging; bring a sample',
  ),
  pekerja: words(
    'bertemu coach untuk membahas cara merekrut dan mengatur tim',
    'meet a coach about hiring and leading a team',
  ),
  pendampingan: words('bertemu coach untuk pendampingan usaha', 'meet a coach for business mentoring'),
}

export const stepLabel = (step: string, language: Language): string =>
  (STEPS as Record<string, Words>)[step]?.[language] ?? step
