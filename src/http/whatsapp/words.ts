import type { AccountState } from '../../channels/whatsapp/ports.ts'

type Status = AccountState['status'] | 'never' | 'away'

/** What an operator reads of each state, and what to do. */
export const STATES: Record<Status, { title: string; advice: string }> = {
  never: { title: 'Belum dimulai', advice: 'Jalankan asisten dengan WHATSAPP=on.' },
  away: {
    title: 'Asisten sedang tidak berjalan',
    advice: 'Jalankan asisten dengan WHATSAPP=on, lalu tunggu sebentar.',
  },
  waiting: { title: 'Menunggu proses lain', advice: 'Proses lain masih memegang akun ini.' },
  connecting: { title: 'Menyambung ke WhatsApp', advice: 'Tunggu sebentar.' },
  needs_pairing: {
    title: 'HP belum terhubung',
    advice:
      'Di HP, buka WhatsApp, Perangkat tertaut, Tautkan perangkat. Pindai kode QR, atau minta kode 8 huruf.',
  },
  open: { title: 'Terhubung', advice: 'Warga bisa menulis ke nomor ini.' },
  taken_over: {
    title: 'Dipakai program lain',
    advice: 'Program lain memakai akun ini. Hentikan program itu, atau hapus perangkatnya di HP.',
  },
  banned: {
    title: 'Nomor diblokir WhatsApp',
    advice: 'Ajukan peninjauan lewat WhatsApp di HP, atau hubungkan nomor lain.',
  },
  outdated: { title: 'Versi terlalu lama', advice: 'WhatsApp menolak versi ini. Perbarui asisten.' },
  stopped: { title: 'Berhenti', advice: 'Jalankan asisten lagi.' },
}
