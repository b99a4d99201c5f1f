import { describe, expect, it } from 'vitest'
import { readChoice, readChoices, type ChoiceOption } from '../../../src/understand/index.ts'

const KOTA: ChoiceOption[] = [
  'Jakarta Pusat',
  'Jakarta Utara',
  'Jakarta Barat',
  'Jakarta Selatan',
  'Jakarta Timur',
  'Kepulauan Seribu',
].map((label, at) => ({
  value: `kota${at + 1}`,
  label,
}))
const CONSENT: ChoiceOption[] = [
  { value: 'yes', label: 'Setuju', also: ['saya setuju sekali'] },
  { value: 'no', label: 'Tidak setuju' },
]
const PERMITS: ChoiceOption[] = [
  { value: 'nib', label: 'NIB' },
  { value: 'pirt', label: 'PIRT' },
  { value: 'halal', label: 'Sertifikat halal', also: ['halal'] },
  { value: 'brand', label: 'Merek' },
  { value: 'none', label: 'Belum ada' },
]
const value = (of: string) => ({ kind: 'value', value: of })
const approximate = (of: string) => ({ kind: 'approximate', value: of })
const asked = (...candidates: string[]) => ({ kind: 'ask', candidates, why: 'ambiguous' })
const none = (why: string) => ({ kind: 'none', why })

describe('one of a list', () => {
  it.each([
    ['the number shown', '3', value('kota3')],
    ['with a full stop', '3.', value('kota3')],
    ['as an emoji', '3️⃣', value('kota3')],
    ['in words', 'tiga', value('kota3')],
    ['named a number', 'pilih nomor 3 aja kak', value('kota3')],
    ['"no" is a number here', 'no 3', value('kota3')],
    ['an ordinal', 'yang ketiga', value('kota3')],
    ['an ordinal with a doubled letter', 'yang keempat', value('kota4')],
    ['an ordinal with a digit', 'yang ke-3', value('kota3')],
    ['beyond the list', '7', none('out_of_range')],
    ['zero is left to the caller', '0', none('out_of_range')],
    ['a number of something is no choice', '3 orang', none('unread')],
    ['the label', 'Jakarta Barat', value('kota3')],
    ['the label shouted', 'JAKARTA BARAT!!', value('kota3')],
    ['the copied line', '3. Jakarta Barat', value('kota3')],
    ['the copied line with a bracket', '3) jakarta barat', value('kota3')],
    ['number and label disagree', '2. Jakarta Barat', asked('kota2', 'kota3')],
    ['a number beyond the list with a label', '9. Jakarta Barat', value('kota3')],
    ['a telling part', 'barat', value('kota3')],
    ['inside a sentence', 'saya tinggal di jakarta selatan kak', approximate('kota4')],
    ['fillers only around it', 'saya di jakarta selatan kak', value('kota4')],
    ['a part of several', 'jakarta', asked('kota1', 'kota2', 'kota3', 'kota4', 'kota5')],
    ['one wrong letter', 'jakrta barat', approximate('kota3')],
    ['neighbours swapped', 'Jakarta Barta', approximate('kota3')],
    ['run together', 'jakartabarat', approximate('kota3')],
    ['too many wrong letters', 'jkrt brtt', none('unread')],
    ['denied', 'bukan jakarta barat', none('negated')],
    ['something else', 'nasi uduk', none('unread')],
    ['nothing', '', none('unread')],
    ['too much', 'jakarta '.repeat(200), none('too_long')],
  ])('%s: %j', (_, text, want) => {
    expect(readChoice(text, KOTA)).toEqual(want)
  })

  it.each([
    ['iya', value('yes')],
    ['gak', value('no')],
    ['ga setuju', value('no')],
    ['👍', value('yes')],
    ['belum setuju', none('negated')],
    ['setju', value('yes')],
    ['sertuju', approximate('yes')],
  ])('what says the same as one option: %j', (text, want) => {
    expect(readChoice(text, CONSENT)).toEqual(want)
  })

  it.each([
    ['1', value('yes')],
    ['nomor 2', value('no')],
    ['Setuju', value('yes')],
    ['SETUJUUU', value('yes')],
    ['saya setuju kak', value('yes')],
    ['saya setuju sekali', value('yes')],
    ['tidak setuju', value('no')],
    ['2. Tidak setuju', value('no')],
    ['setju', none('unread')],
    ['setuuj', none('unread')],
    ['iya', none('unread')],
    ['gak', none('unread')],
    ['belum setuju', none('unread')],
    ['👍', none('unread')],
    ['setuju atau tidak setuju', none('unread')],
    ['3', none('out_of_range')],
  ])('strict takes only the number and the exact words: %j', (text, want) => {
    expect(readChoice(text, CONSENT, { strict: true })).toEqual(want)
  })

  it('asks when a number is also the label of another option', () => {
    const options = [
      { value: 'a', label: '2' },
      { value: 'b', label: '3' },
    ]
    expect(readChoice('2', options)).toEqual(asked('b', 'a'))
    expect(readChoice('3', options)).toEqual(value('b'))
  })

  it('two options near one mistake are asked', () => {
    const options = [
      { value: 'a', label: 'Rawa Badak Utara' },
      { value: 'b', label: 'Rawa Bodak Utara' },
    ]
    expect(readChoice('rawa bedak utara', options)).toEqual(asked('a', 'b'))
  })

  it('"ga ada" is the option that says so', () => {
    expect(readChoice('ga ada', PERMITS)).toEqual(value('none'))
    expect(readChoice('tidak punya', PERMITS)).toEqual(value('none'))
  })
})

const many = (...values: string[]) => ({ kind: 'value', value: values })
const perhaps = (...values: string[]) => ({ kind: 'approximate', value: values })

describe('several of a list', () => {
  it.each([
    ['1,3', many('nib', 'halal')],
    ['3 dan 1', many('nib', 'halal')],
    ['1 3', many('nib', 'halal')],
    ['1-3', many('nib', 'pirt', 'halal')],
    ['1 sampai 3', many('nib', 'pirt', 'halal')],
    ['nomor 2 sama 4 kak', many('pirt', 'brand')],
    ['13', { kind: 'ask', candidates: [['nib', 'halal']], why: 'ambiguous' }],
    ['9', none('out_of_range')],
    ['1 dan 9', none('out_of_range')],
    ['33', none('out_of_range')],
    ['NIB sama halal', many('nib', 'halal')],
    ['nib, pirt, merek', many('nib', 'pirt', 'brand')],
    ['1 dan halal', many('nib', 'halal')],
    ['sudah punya nib', many('nib')],
    ['semua', many('nib', 'pirt', 'halal', 'brand')],
    ['semuanya kak', many('nib', 'pirt', 'halal', 'brand')],
    ['semua kecuali merek', many('nib', 'pirt', 'halal')],
    ['belum semua', none('negated')],
    ['belum ada', many('none')],
    ['ga ada', many('none')],
    ['5', many('none')],
    ['halal belum ada, nib ada', many('nib')],
    ['nib ada halal belum', many('nib')],
    ['nib belum halal', perhaps('halal')],
    ['nib, belum halal', many('nib')],
    ['nib bukan halal', many('nib')],
    ['nib + halal', many('nib', 'halal')],
    ['belum ada nib', none('negated')],
    ['bukan halal tapi nib', perhaps('nib')],
    ['nib dan belum ada', { kind: 'ask', candidates: [['nib'], ['none']], why: 'ambiguous' }],
    ['sertifikat', many('halal')],
    ['sertifkat halal', perhaps('halal')],
    ['nib doang', perhaps('nib')],
    ['nasi uduk', none('unread')],
    ['', none('unread')],
    ['nib '.repeat(400), none('too_long')],
  ])('%j', (text, want) => {
    expect(readChoices(text, PERMITS)).toEqual(want)
  })

  it('keeps a label that holds "dan" whole, and asks for a word of two labels', () => {
    const options = [
      { value: 'product', label: 'Produk dan kemasan' },
      { value: 'sales', label: 'Pemasaran' },
      { value: 'service', label: 'Produk jasa' },
    ]
    expect(readChoices('produk dan kemasan, pemasaran', options)).toEqual(many('product', 'sales'))
    expect(readChoices('pemasaran sama produk', options)).toEqual({
      kind: 'ask',
      candidates: [
        ['product', 'sales'],
        ['sales', 'service'],
      ],
      why: 'ambiguous',
    })
  })
})

describe('people by first name and initial', () => {
  const people = ['Siti A.', 'Budi S.', 'Siti N.'].map(label => ({ value: label, label }))
  it.each<[string, object]>([
    ['siti', asked('Siti A.', 'Siti N.')],
    ['Siti A', asked('Siti A.', 'Siti N.')],
    ['Siti A.', value('Siti A.')],
    ['Siti N.', value('Siti N.')],
    ['siti aminah', approximate('Siti A.')],
    ['budi', value('Budi S.')],
    ['siti zubaidah', none('unread')],
  ])('"%s": nobody is taken for another of the same name', (text, expected) => {
    expect(readChoice(text, people)).toEqual(expected)
  })
})
