import { SECOND, sleep } from '../../lib/time.ts'
import type { AccountBoard, Answer, Request } from './state.ts'

const LOOK_MS = SECOND / 4
const WAIT_MS = 30 * SECOND

/** Asks the process that owns the account and waits for its answer; undefined when none came within `waitMs`. */
export async function askOwner(
  board: AccountBoard,
  request: Request,
  waitMs = WAIT_MS,
): Promise<Answer | undefined> {
  const id = await board.ask(request)
  for (let waited = 0; waited < waitMs; waited += LOOK_MS) {
    const answer = await board.answerTo(id)
    if (answer) return answer
    await sleep(LOOK_MS)
  }
  return undefined
}
