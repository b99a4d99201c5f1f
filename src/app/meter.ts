/** What the path reports of itself. By number only: no label ever comes from a person. */
export interface Meter {
  received(offered: number, fresh: number): void
  /** heard: answer | retry | silence | set_aside */
  turn(heard: string): void
  set(size: number, ms: number): void
  sent(outcome: string): void
}

export const silentMeter: Meter = { received() {}, turn() {}, set() {}, sent() {} }
