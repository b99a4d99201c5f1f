import type { AccountState } from '../../channels/whatsapp/ports.ts'

export type Status = AccountState['status'] | 'never' | 'away'

interface Words {
  title: string
  advice: string
  /** The mark beside it: all is well, it goes on by itself, or somebody must do something. */
  tone: 'well' | 'wait' | 'act'
}

/** What an operator reads of each state, and what to do. */
export const STATES: Record<Status, Words> = {
  never: { title: 'Belum dimulai', advice: 'Jalankan asisten dengan WHATSAPP=on.', tone: 'act' },
  away: {
    title: 'Asisten sedang tidak berjalan',
    advice: 'Jalankan asisten dengan WHATSAPP=on, lalu tunggu sebentar.',
    tone: 'act',
  },
  waiting: { title: 'Menunggu proses lain', advice: 'Proses lain masih memegang akun ini.', tone: 'wait' },
  connecting: { title: 'Menyambung ke WhatsApp', advice: 'Tunggu sebentar.', tone: 'wait' },
  needs_pairing: {
    title: 'HP belum terhubung',
    advice:
      'Di HP, buka WhatsApp, Perangkat tertaut, Tautkan perangkat. Pindai kode QR, atau minta kode 8 huruf.',
    tone: 'act',
  },
  open: { title: 'Terhubung', advice: 'Warga bisa menulis ke nomor ini.', tone: 'well' },
  taken_over: {
    title: 'Dipakai program lain',
    advice: 'Program lain memakai akun ini. Hentikan program itu, atau hapus perangkatnya di HP.',
    tone: 'act',
  },
  banned: {
    title: 'Nomor diblokir WhatsApp',
    advice:
      'Ajukan peninjauan lewat WhatsApp di HP. Untuk memakai nomor lain, jalankan npm run whatsapp -- unpair, lalu tautkan HP-nya di sini.',
    tone: 'act',
  },
  outdated: {
    title: 'Versi terlalu lama',
    advice: 'WhatsApp menolak versi ini. Perbarui asisten.',
    tone: 'act',
  },
  stopped: { title: 'Berhenti', advice: 'Jalankan asisten lagi.', tone: 'act' },
}
