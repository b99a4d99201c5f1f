import type { SentMessage } from '../../test/support/telegram/messages.ts'
import type { Person } from '../../test/support/telegram/person.ts'
import { questionIn, type Question } from './questions.ts'

type Button = SentMessage['buttons'][number]

export interface Town {
  questions: Question[]
  labels: Record<string, string>
  /** Kelurahan and kecamatan by name. */
  places: string[]
  random: () => number
}

const NAMES = [
  'Siti Aminah',
  'Budi Santoso',
  'Rina',
  'Agus Salim',
  'Dewi Lestari',
  'Joko Susilo',
  'Nur Hayati',
  'Eko',
]
const WORK = ['kasir', 'jaga toko', 'masak katering', 'kurir motor', 'admin kantor']
const NONSENSE = ['qwrtzp', '???', 'bzzt bzzt', '🤷']
/** More messages than that and a resident counts as lost in the conversation. */
const PATIENCE = 150
const SECOND_THOUGHTS = { back: 0.05, nonsense: 0.05, change: 0.25, return: 0.05 }

/** Somebody who registers: answers what is asked, changes their mind now and then, mistypes, goes back. */
export class Resident {
  /** performance.now() of the last word heard. */
  heardAt = performance.now()
  done = false
  written = 0
  /** How often nothing was asked and they had to try again. */
  nudges = 0
  #asked: { question: Question | undefined; message: SentMessage } | undefined
  #backs = 0
  #changes = 0
  #nonsense = new Set<string>()

  constructor(
    private readonly person: Person,
    private readonly town: Town,
  ) {}

  get stuck(): boolean {
    return !this.done && this.written >= PATIENCE
  }

  /** What they and the assistant said last, for a run in which somebody did not get through. */
  lastRead(): string {
    const last = this.person.received().slice(-6)
    return last
      .map(({ plain, buttons }) => `${plain}\n    [${buttons.map(one => one.label).join('] [')}]`)
      .join('\n')
  }

  begins(): void {
    this.#writes(this.town.random() < 0.3 ? '/start poster-kebonjeruk' : '/start')
  }

  hears(message: SentMessage): void {
    this.heardAt = performance.now()
    if (/OKO-[0-9A-Z]{6}/.test(message.plain)) return this.#registered()
    if (this.done || this.stuck) return
    const question = questionIn(message.plain, this.town.questions)
    if (!question && message.buttons.length === 0) return
    this.#asked = { question: question ?? this.#repeated(message), message }
    this.#answers()
  }

  /** Called when nothing was heard for long: a word was said that asked nothing. */
  triesAgain(): void {
    this.heardAt = performance.now()
    this.nudges++
    if (this.#asked) this.#answers()
    else this.#writes('/start')
  }

  #registered(): void {
    const again = !this.done && this.town.random() < SECOND_THOUGHTS.return
    this.done = true
    if (again) this.#writes('/start') // shows the profile, and must not begin another registration
  }

  /** A question shown again with other words around it: the same buttons. */
  #repeated(message: SentMessage): Question | undefined {
    const labels = (of: SentMessage | undefined) => of?.buttons.map(button => button.label).join('\n')
    return labels(message) === labels(this.#asked?.message) ? this.#asked?.question : undefined
  }

  #answers(): void {
    const { random } = this.town
    const { question, message } = this.#asked ?? {}
    if (!message || this.stuck) return
    const step = question?.step ?? ''
    if (this.#backs < 2 && step !== 'welcome' && random() < SECOND_THOUGHTS.back) {
      this.#backs++
      return this.#writes('kembali')
    }
    if (
      ['choice', 'yesno'].includes(question?.kind ?? '') &&
      !this.#nonsense.has(step) &&
      random() < SECOND_THOUGHTS.nonsense
    ) {
      this.#nonsense.add(step)
      return this.#writes(this.#oneOf(NONSENSE))
    }
    this.#answersWell(question, message)
  }

  #answersWell(question: Question | undefined, message: SentMessage): void {
    const { random, labels } = this.town
    switch (question?.kind) {
      case 'name':
        return this.#writes(this.#oneOf(NAMES))
      case 'phone':
        if (message.buttons.some(button => button.contact) && random() < 0.5) {
          this.written++
          return void this.person.shares({ own: true })
        }
        return this.#writes(this.person.phone.replace('+62', '0'))
      case 'text':
        return this.#writes(this.#oneOf(WORK))
      case 'rupiah':
        return this.#writes(this.#oneOf(['500rb', '2 juta', '0']))
      case 'choices':
        return this.#writes(this.#oneOf(['NIB', 'NIB, halal', 'belum ada']))
      case 'place':
        if (random() < 0.6) return this.#writes(this.#oneOf(this.town.places))
        return this.#taps(this.#choicesOf(message), message)
      case 'review':
        if (this.#changes < 3 && random() < SECOND_THOUGHTS.change) {
          this.#changes++
          return this.#tapsLabel(labels.fix, message)
        }
        return this.#tapsLabel(labels.save, message)
      case undefined:
        break // no question is open: a menu
    }
    const must = MUST[question?.step ?? '']
    if (must) return this.#tapsLabel(must, message)
    for (const label of [labels.right, labels.done])
      if (!question && message.buttons.some(button => button.label === label))
        return this.#tapsLabel(label, message)
    this.#taps(this.#choicesOf(message), message)
  }

  /** Without the assistant's own buttons, unless there are only those. */
  #choicesOf(message: SentMessage): Button[] {
    const { right, yes, no, ...own } = this.town.labels
    const theirs = message.buttons.filter(button => !Object.values(own).includes(button.label))
    return theirs.length > 0 ? theirs : message.buttons
  }

  #taps(buttons: Button[], message: SentMessage): void {
    const button = this.#oneOf(buttons.filter(one => one.data !== undefined))
    if (!button?.data) return
    if (this.town.random() < 0.2) return this.#writes(button.label)
    this.written++
    this.person.tapsData(button.data, message.messageId)
  }

  #tapsLabel(label: string | undefined, message: SentMessage): void {
    this.#taps(
      message.buttons.filter(button => button.label === label),
      message,
    )
  }

  #writes(text: string): void {
    this.written++
    this.person.sends(text)
  }

  #oneOf<T>(values: T[]): T {
    return values[Math.floor(this.town.random() * values.length)] as T
  }
}

/** Where another answer would end the registration. */
const MUST: Record<string, string> = { welcome: 'Daftar', ask_age: 'Sudah', ask_consent: 'Setuju' }
