/** What may be shown of a value to somebody who should recognise it but not learn it. */

/** `Siti Aminah` → `S••• A•••`: a number's owner recognises it, nobody else learns it. */
export const maskName = (name: string) =>
  name
    .trim()
    .split(/\s+/)
    .map(word => `${[...word][0] ?? ''}•••`)
    .join(' ')

/** `3173051203900001` → `•••• •••• •••• 0001`: the first twelve digits tell area, birthday and sex. */
export const maskNik = (nik: string) => `•••• •••• •••• ${nik.slice(-4)}`
