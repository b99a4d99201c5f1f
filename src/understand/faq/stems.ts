/** Beginnings of a word, and what its stem may begin with in their place: "menghitung", "nyari", "dipisah". */
const PREFIXES: readonly [prefix: string, stems: readonly string[]][] = [
  ['meng', ['', 'k', 'h']],
  ['meny', ['s', 'c']],
  ['mem', ['p', 'b', 'f']],
  ['men', ['t', 'c', 'd', 'j', '']],
  ['me', ['']],
  ['peng', ['', 'k', 'h']],
  ['peny', ['s', 'c']],
  ['pem', ['p', 'b']],
  ['pen', ['t', 'c', 'd', 'j']],
  ['per', ['']],
  ['pe', ['']],
  ['ber', ['']],
  ['ter', ['']],
  ['ke', ['']],
  ['di', ['']],
  ['nge', ['']],
  ['ng', ['', 'k', 'h']],
  ['ny', ['s', 'c']],
  ['n', ['t']],
  ['m', ['p']],
]
const SUFFIXES = [
  '',
  'nya',
  'ny',
  'na',
  'ne',
  'e',
  'kan',
  'in',
  'an',
  'i',
  'kah',
  'lah',
  'annya',
  'innya',
  'kannya',
]

/**
 * The word of `known` that a word is built on: "pendaftarannya" is "daftar", "ngitung" is "hitung". Only a stem of four
 * letters or more counts, the longest first, so that nothing is cut down to something else.
 */
export function stemOf(word: string, known: ReadonlySet<string>): string | undefined {
  const found: string[] = []
  for (const suffix of SUFFIXES) {
    if (!word.endsWith(suffix) || word.length - suffix.length < 4) continue
    const base = word.slice(0, word.length - suffix.length)
    found.push(base)
    for (const [prefix, stems] of PREFIXES)
      if (base.startsWith(prefix)) found.push(...stems.map(stem => stem + base.slice(prefix.length)))
  }
  return found
    .filter(stem => stem.length >= 4 && known.has(stem))
    .sort((left, right) => right.length - left.length)[0]
}
