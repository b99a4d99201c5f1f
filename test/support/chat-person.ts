import type { Page } from 'playwright-core'
import { sleep } from '../../src/lib/time.ts'

/** What the assistant asks, and what is pressed (where a button says so) or typed. A function does something else. */
export type Road = [RegExp, string | ((page: Page) => Promise<unknown>)][]

const PATIENCE_MS = 30_000

/** A resident at the chat page. */
export class ChatPerson {
  readonly root
  constructor(
    readonly page: Page,
    readonly resident = 1,
  ) {
    this.root = page.locator(`#warga-${resident}`)
  }

  /** The newest message of the assistant, once nothing more is on its way. @throws Error with what it says instead */
  async question(expected: RegExp): Promise<string> {
    let shown = ''
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(30)) {
      shown = await this.#answer()
      if (expected.test(shown)) return shown
    }
    throw new Error(`The assistant does not say ${String(expected)}; it says: ${shown || 'nothing'}`)
  }

  async #answer(): Promise<string> {
    const newest = this.root.locator('.messages > li').last()
    const underWay = await this.root.locator('.typing:visible, .outgoing > li').count()
    if (underWay > 0 || (await this.root.locator('.messages > li.theirs:last-child').count()) === 0) return ''
    return newest.locator('.text:visible').innerText()
  }

  async type(text: string): Promise<void> {
    const field = this.root.locator('.composer textarea')
    await field.fill(text)
    await field.press('Enter')
  }

  async give(answer: string): Promise<void> {
    const buttons = this.root.locator('.messages > li').last().locator('button:visible')
    const labels = await buttons.allInnerTexts()
    const n = labels.indexOf(answer)
    if (n < 0) await this.type(answer)
    else await buttons.nth(n).click()
  }

  async walk(road: Road): Promise<void> {
    for (const [question, answer] of road) {
      await this.question(question)
      if (typeof answer === 'string') await this.give(answer)
      else await answer(this.page)
    }
  }
}
