/** Titles and first initials that are not what a person is called by. */
const TITLES = new Set([
  'h',
  'hj',
  'm',
  'moh',
  'moch',
  'muh',
  'md',
  'r',
  'rr',
  'ra',
  'i',
  'ni',
  'dr',
  'drs',
  'dra',
  'ir',
  'kh',
  'prof',
])
const SMALL = new Set(['bin', 'binti', 'van', 'der', 'de', 'al'])

const plain = (word: string): string => word.toLowerCase().replace(/[.,]/g, '')

/** A name as shown to its owner: words all in one case become Title Case ("DEWI SARTIKA" → "Dewi Sartika"). */
export function displayName(name: string): string {
  return name
    .split(' ')
    .map((word, at) => displayWord(word, at))
    .join(' ')
}

function displayWord(word: string, at: number): string {
  const oneCase = word === word.toUpperCase() || word === word.toLowerCase()
  if (!oneCase || word.includes('.') || (word.length < 3 && word === word.toUpperCase())) return word
  const lower = word.toLowerCase()
  if (at > 0 && SMALL.has(lower)) return lower
  return lower.replace(
    /(^|[-'])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  )
}

/** For coaches: the first word that is no title and the initial of the next ("Siti A."). */
export function shortName(name: string): string {
  const words = displayName(name.split(',')[0] ?? '')
    .split(' ')
    .filter(word => word !== '')
  const first = words.findIndex(word => !TITLES.has(plain(word)))
  if (first < 0) return words[0] ?? ''
  const next = words.slice(first + 1).find(word => !SMALL.has(plain(word)))
  return next === undefined
    ? (words[first] ?? '')
    : `${words[first] ?? ''} ${next.slice(0, 1).toUpperCase()}.`
}
