import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'

/** Every step of every flow, as `flow/step`. */
export const everyStep = (): string[] =>
  [...loadFlows('flows', callSpecs).byId.values()].flatMap(flow =>
    [...flow.steps.keys()].map(step => `${flow.id}/${step}`),
  )

/** Steps that no transcript walks, by the reason why not. */
const EXCUSED: Readonly<Record<string, readonly string[]>> = {
  'the person writes in two chats, with a code that is never the same: test/integration/link-played.test.ts':
    [
      ...[
        'ask_place',
        'look_places',
        'say_instead',
        'say_last',
        'say_linked',
        'say_nobody',
        'say_place',
        'say_same',
      ].map(step => `link/${step}`),
      'link/set_place',
    ],
  'a number is recognised for real people only, and those of transcripts are sandbox: test/integration/calls.test.ts':
    [...['ask_claim_place', 'ask_is_it_you', 'claim_own', 'say_unsure'].map(step => `registration/${step}`)],
  'only WhatsApp tells the number, only there it is confirmed': ['registration/confirm_phone'],
  'what is asked about goes away in the same moment, by somebody else or in another chat: the tests of the calls':
    [
      ...['book_fix/gone', 'book_redo/gone', 'book_undo/gone', 'people/say_gone', 'relay/say_gone'],
      ...[
        'coach_person/say_gone',
        'session_result/say_gone',
        'workbook_answer/say_gone',
        'workbook_used/done',
      ],
      ...['unsettled/say_gone', 'unsettled/say_no_chat', 'unsettled_notice/done', 'session_again/say_taken'],
      ...[
        'coach_session/tell_fresh',
        'coach_session/tell_gone',
        'coach_session/tell_moved',
        'coach_left/tell_none',
      ],
      'coach_off/say_past',
    ],
  'several operators work on one ticket: test/integration/desk.test.ts': [
    ...['desk_done/say_closed', 'desk_reply/say_others', 'desk_reply/say_unknown', 'desk_typed/say_others'],
    'clinic_code/tell_everywhere',
  ],
  'every coach of the transcripts has participants: test/integration/coaches.test.ts': [
    'coach_people/say_nobody',
  ],
  'readings of entries that could be two things: test/integration/books-calls.test.ts': [
    ...['book_fix/ask_reading', 'book_fix/fix_picked', 'book_write/ask_again_picked'],
    ...['book_write/record_again_picked', 'book_write/not_read', 'book_undo/done'],
  ],
}
export const excused: ReadonlySet<string> = new Set(Object.values(EXCUSED).flat())

/** What is neither walked nor excused. */
export const neglected = (walked: ReadonlySet<string>): string[] =>
  everyStep().filter(step => !walked.has(step) && !excused.has(step))
