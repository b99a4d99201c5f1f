import { expect } from 'vitest'
import type { Page } from 'playwright-core'

/** What the assistant asks, and what is pressed (where a button says so) or typed. A function does something else. */
export type Road = [RegExp, string | ((page: Page) => Promise<unknown>)][]

/** A resident at the chat page. */
export class ChatPerson {
  readonly root
  constructor(
    readonly page: Page,
    readonly resident = 1,
  ) {
    this.root = page.locator(`#warga-${resident}`)
  }

  /** The newest message of the assistant, once nothing more is on its way. */
  async question(expected: RegExp): Promise<string> {
    const newest = this.root.locator('.messages > li').last()
    await expect
      .poll(
        async () => {
          const underWay = await this.root.locator('.typing:visible, .outgoing > li').count()
          const theirs = /theirs/.test((await newest.getAttribute('class')) ?? '')
          return theirs && underWay === 0 ? newest.locator('.text:visible').innerText() : ''
        },
        { timeout: 15_000, interval: 30 },
      )
      .toMatch(expected)
    return newest.innerText()
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
