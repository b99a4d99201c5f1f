import { common, FILLERS, makeLexicon, PARTICLES, POLITE } from './lexicon.ts'

export const lexicon = makeLexicon(
  {
    jadi: ['jd', 'jdi'],
    mengerti: ['ngerti', 'paham', 'faham', 'understand', 'mudeng'],
    yakin: ['sure', 'pasti', 'certain'],
    pikir: ['mikir', 'pikirkan', 'fikir', 'pikirin'],
    salah: ['slh', 'keliru', 'wrong', 'incorrect'],
    malas: ['males', 'mls'],
    terserah: ['trserah', 'terserh', 'sembarang', 'whatever'],
    entah: ['entahlah', 'ntah', 'embuh', 'mbuh', 'duka', 'kirangan'],
    bingung: ['bngung', 'mumet', 'lieur', 'puyeng'],
    gatau: [
      'gatau',
      'gaktau',
      'gtau',
      'gataw',
      'nggatau',
      'ngatau',
      'taktau',
      'gktau',
      'idk',
      'dunno',
      'gktw',
      'gatahu',
    ],
    gapapa: ['gpp', 'gapapa', 'gakpapa', 'gppa', 'ngapapa', 'nggapapa', 'takapa'],
    gajadi: [
      'gajadi',
      'gakjadi',
      'gjadi',
      'gkjadi',
      'nggakjadi',
      'ngajadi',
      'tdkjadi',
      'tidakjadi',
      'nevermind',
    ],
    gausah: ['gausah', 'gakusah', 'gusah', 'nggausah', 'ngausah'],
    gamau: ['gamau', 'gakmau', 'gmau', 'nggamau', 'ngamau', 'ogah', 'emoh', 'moh', 'embung'],
    gaada: ['gada', 'gakada', 'gaada', 'ngada', 'nggada', 'gk ada'],
    yaudah: ['yaudah', 'yauda', 'yaudh', 'yowis', 'yasudah', 'yawes', 'ywdh'],
    tunggu: ['tnggu', 'tgu', 'wait', 'sabar'],
    ingat: ['inget', 'eling', 'remember'],
    tolak: ['menolak', 'nolak', 'tolakk', 'refuse'],
    urung: ['urungkan', 'urungin'],
    monggo: ['mangga', 'mangg', 'sumangga', 'sok'],
    ayo: ['hayu', 'cus', 'cuss', 'gaspol', 'yuk'],
    boleh: ['boljug'],
    insyaallah: ['insya', 'insyallah', 'inshaallah', 'insha'],
    tidak: ['not', 'dont', 'doesnt', 'didnt', 'isnt', 'cant', 'wont', 'never'],
  },
  common,
)

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** An agreement that is also a particle: it yields to any negation beside it ("ya enggak"). */
export const WEAK_YES = words('ya ok')
export const YES = words(
  'benar boleh mau lanjut lanjutkan teruskan setuju gas jadi cocok sudah ada punya pernah bisa pasti yakin tentu ' +
    'mantap sesuai tepat pas berminat minat tertarik bersedia monggo silakan silahkan ayo hayuk ayuk deal gaskeun ' +
    'gaskan yuk insyaallah gapapa yaudah mengerti right true absolutely definitely exactly course jelas aman please confirm confirmed rutin datang hadir ikut',
) // prettier-ignore
export const NO = words('salah tolak malas gamau gausah gaada wong keberatan')
export const UNKNOWN = words('terserah entah gatau bingung ragu lupa mungkin maybe unsure perhaps')
export const LATER = words('kapankapan nanti sebentar besok lusa tunggu pikir skip lewati')
export const CANCEL = words('batal gajadi urung')
export const KNOWING = words('tahu yakin mengerti ingat hafal hapal kepikiran')
export const HARMLESS = words('salah masalah keberatan apa')
/** "tidak mau batal": the negation goes on to the verb. */
export const AUXILIARY = words('mau bisa boleh perlu akan pernah usah')
export const NEGATORS = words('tidak bukan jangan no')
export const QUESTIONS = words(
  'bagaimana apa apakah kenapa knp mengapa berapa siapa mana dimana why who where',
)
/** "kayaknya iya": an answer to be confirmed. */
export const HEDGES = words('kayaknya kayanya sepertinya rasanya keknya')
export const QUIET = new Set([...PARTICLES, ...FILLERS, ...POLITE, ...HEDGES, ','])
