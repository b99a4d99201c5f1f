/** What the menu button of a chat offers in each language; every command is one that the assistant understands. */
export const COMMAND_MENU = [
  { id: ['menu', 'Menu utama'], en: ['menu', 'Main menu'] },
  { id: ['bantuan', 'Cara memakai asisten ini'], en: ['help', 'How to use this assistant'] },
  { id: ['petugas', 'Bicara dengan petugas'], en: ['staff', 'Talk to a person'] },
  { id: ['datasaya', 'Lihat, perbaiki, hapus data saya'], en: ['mydata', 'See, correct, erase my data'] },
  { id: ['bahasa', 'Ganti bahasa (English)'], en: ['language', 'Change language (Indonesia)'] },
  { id: ['batal', 'Berhenti mengisi'], en: ['cancel', 'Stop what I am filling in'] },
].map(({ id, en }) => ({ id: entry(id), en: entry(en) }))

function entry([command = '', description = '']: string[]) {
  return { command, description }
}
