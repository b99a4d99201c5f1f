/**
 * Every column of the database: what a person's copy says of it and what becomes of it when they are erased.
 * A test compares this with the real schema, so that a new column without both rules fails; another fills every column
 * and checks that export and erasure do what is written here.
 */

export interface Rule {
  /** Where the copy shows it, or why not. */
  export: string | { no: string }
  /** `row`: the row goes. `emptied`: set to null. */
  erase: 'row' | 'emptied' | { kept: string }
}

const KEY = { no: 'internal key' }
const CIPHER = { no: 'the value itself is exported, not its digest' }
const EVIDENCE = { kept: 'evidence without a name: the law asks the controller to prove consent and erasure' }
const CHAT = {
  kept: 'where the receipt is sent; a chat without a resident is deleted 30 days after its last message',
}
const PATH = { kept: 'delivery record without content, deleted after 14 days' }

const rules = (columns: string[], rule: Rule): Record<string, Rule> =>
  Object.fromEntries(columns.map(column => [column, rule]))

export const INVENTORY: Record<string, Record<string, Rule>> = {
  residents: {
    id: { export: KEY, erase: 'row' },
    ...rules(['phone_digest', 'nik_digest'], { export: CIPHER, erase: 'row' }),
    ...rules(
      [
        'number',
        'name',
        'form_of_address',
        'phone',
        'nik',
        'nik_given_at',
        'kelurahan',
        'centre_code',
        'coach_id',
        'stage',
        'next_step',
        'reminders',
        'preferred_channel',
        'restricted_at',
        'language',
        'source',
        'sandbox',
        'created_at',
        'updated_at',
      ],
      { export: 'profile', erase: 'row' },
    ),
  },
  intakes: {
    resident_id: { export: KEY, erase: 'row' },
    ...rules(
      [
        'wants_job',
        'wants_start',
        'wants_grow',
        'primary_need',
        'job_education',
        'job_field',
        'job_training',
        'start_field',
        'start_tried',
        'start_capital',
        'start_block',
        'grow_name',
        'grow_field',
        'grow_since',
        'grow_sales',
        'grow_workers',
        'grow_permits',
        'grow_books',
        'grow_need',
        'answered_at',
      ],
      { export: 'answers', erase: 'row' },
    ),
  },
  conversation_residents: {
    ...rules(['conversation_id', 'resident_id'], { export: KEY, erase: 'row' }),
    active: { export: { no: 'who the chat speaks for at the moment' }, erase: 'row' },
    created_at: { export: 'chats', erase: 'row' },
  },
  consents: {
    id: { export: KEY, erase: EVIDENCE },
    conversation_id: { export: KEY, erase: 'emptied' },
    resident_id: { export: KEY, erase: 'emptied' },
    inbound_id: { export: KEY, erase: 'emptied' },
    subject_digest: { export: CIPHER, erase: EVIDENCE },
    ...rules(['purpose', 'answer', 'text_sha256', 'channel', 'at', 'withdrawn_at'], {
      export: 'consents',
      erase: EVIDENCE,
    }),
  },
  consent_texts: rules(['sha256', 'purpose', 'text', 'first_at'], {
    export: 'consents',
    erase: { kept: 'our own words, the same for everybody' },
  }),
  tickets: {
    conversation_id: { export: KEY, erase: 'row' },
    resident_id: { export: KEY, erase: 'row' },
    ...rules(['number', 'reason', 'text', 'opened_at', 'answered_at'], { export: 'tickets', erase: 'row' }),
  },
  bookings: {
    id: { export: KEY, erase: 'row' },
    resident_id: { export: KEY, erase: 'row' },
    ...rules(['seat', 'busy_from', 'busy_until', 'sandbox'], {
      export: { no: "the centre's and the coach's side of the appointment" },
      erase: 'row',
    }),
    ...rules(
      [
        'code',
        'centre_code',
        'coach_id',
        'topic',
        'starts_at',
        'ends_at',
        'status',
        'version',
        'hold_until',
        'cancelled_by',
        'settled_at',
        'attendance_at',
        'attendance_by',
        'created_at',
        'updated_at',
      ],
      { export: 'bookings', erase: 'row' },
    ),
  },
  feedback: {
    booking_id: { export: KEY, erase: 'row' },
    ...rules(['answer', 'why', 'at'], { export: 'bookings', erase: 'row' }),
  },
  waiting_list: {
    ...rules(['id', 'resident_id', 'booking_id'], { export: KEY, erase: 'row' }),
    sandbox: { export: 'profile', erase: 'row' },
    ...rules(
      [
        'centre_code',
        'topic',
        'date',
        'status',
        'turn_at',
        'offer_until',
        'offers',
        'created_at',
        'updated_at',
      ],
      { export: 'waiting', erase: 'row' },
    ),
  },
  walk_ins: {
    ...rules(['id', 'resident_id'], { export: KEY, erase: 'row' }),
    sandbox: { export: 'profile', erase: 'row' },
    ...rules(['centre_code', 'date', 'at'], { export: 'walkIns', erase: 'row' }),
  },
  privacy_requests: {
    conversation_id: { export: KEY, erase: 'emptied' },
    subject_digest: { export: CIPHER, erase: EVIDENCE },
    ...rules(['number', 'kind', 'received_at', 'due_at', 'done_at'], { export: 'requests', erase: EVIDENCE }),
  },
  audit: {
    ...rules(['id', 'previous_hash', 'hash'], { export: KEY, erase: EVIDENCE }),
    subject_digest: { export: CIPHER, erase: EVIDENCE },
    ...rules(['at', 'actor', 'action', 'detail'], { export: 'history', erase: EVIDENCE }),
  },
  tombstones: rules(['subject_digest', 'erased_at'], {
    export: { no: 'exists only once the person is erased' },
    erase: { kept: 'keyed digest: a restored backup must forget again' },
  }),
  conversations: {
    id: { export: KEY, erase: CHAT },
    ...rules(['channel', 'address', 'created_at', 'active_at', 'language', 'blocked_at'], {
      export: 'chats',
      erase: CHAT,
    }),
    ...rules(['held_by', 'held_ticket', 'held_until'], {
      export: { no: 'which operator speaks here just now' },
      erase: 'emptied',
    }),
    ...rules(['account', 'sandbox', 'clock_offset_ms'], {
      export: { no: 'about our side of the chat' },
      erase: CHAT,
    }),
    state: {
      export: { no: 'answers under way, deleted after 7 days' },
      erase: { kept: 'only the language and a counter' },
    },
    ...rules(['flow', 'flow_version', 'step'], { export: { no: 'the open question' }, erase: CHAT }),
  },
  inbound: {
    payload: { export: { no: 'erased 24 hours after handling' }, erase: 'emptied' },
    ...rules(
      [
        'id',
        'conversation_id',
        'account',
        'external_id',
        'kind',
        'sent_at',
        'received_at',
        'handled_at',
        'result',
        'attempts',
      ],
      { export: 'chats', erase: PATH },
    ),
  },
  outbound: {
    body: { export: { no: 'erased 24 hours after sending' }, erase: 'emptied' },
    ...rules(
      [
        'id',
        'conversation_id',
        'account',
        'inbound_id',
        'purpose',
        'reminder_id',
        'status',
        'lease',
        'lease_until',
        'not_before',
        'attempts',
        'provider_id',
        'reason',
        'created_at',
        'sent_at',
      ],
      { export: 'chats', erase: PATH },
    ),
  },
  ledger_rows: {
    ...rules(['id', 'resident_id', 'inbound_id', 'n'], { export: KEY, erase: 'row' }),
    ...rules(['said', 'reverses_id', 'replaces_id', 'recorded_at'], { export: 'books', erase: 'row' }),
  },
  ledger_days_off: {
    resident_id: { export: KEY, erase: 'row' },
    date: { export: 'books', erase: 'row' },
  },
  ledger_settings: {
    resident_id: { export: KEY, erase: 'row' },
    ...rules(['evening_hour', 'offered', 'ignored', 'asked_opening', 'night_day', 'shared'], {
      export: 'books',
      erase: 'row',
    }),
  },
  ledger_phrases: {
    resident_id: { export: KEY, erase: 'row' },
    digest: { export: CIPHER, erase: 'row' },
    ...rules(['phrase', 'question', 'answer', 'learned_at'], { export: 'books', erase: 'row' }),
  },
  workbook_deliveries: {
    ...rules(['id', 'resident_id'], { export: KEY, erase: 'row' }),
    ...rules(['workbook', 'version', 'sent_at', 'used', 'answered_at'], {
      export: 'workbooks',
      erase: 'row',
    }),
  },
  files: rules(['id', 'conversation_id', 'mime', 'bytes', 'created_at'], {
    export: { no: 'made for the chat and sent there; erased after 24 hours' },
    erase: 'row',
  }),
  whatsapp_people: {
    address: { export: KEY, erase: CHAT },
    ...rules(['lid_digest', 'phone_digest'], { export: CIPHER, erase: CHAT }),
    ...rules(['lid', 'phone'], { export: 'chats', erase: CHAT }),
    ...rules(['account', 'reach', 'wrote_at'], { export: { no: 'about our side of the chat' }, erase: CHAT }),
  },
  whatsapp_keys: rules(['account', 'type', 'id', 'value'], {
    export: { no: 'keys of the encryption between two phones, without content' },
    erase: { kept: 'needed to read what they write next; under a digest, sealed' },
  }),
  whatsapp_sent: {
    content: { export: { no: 'erased 24 hours after sending' }, erase: 'emptied' },
    ...rules(['account', 'id', 'outbound', 'part', 'address', 'status', 'reason', 'at', 'status_at'], {
      export: { no: 'as outbound' },
      erase: PATH,
    }),
  },
  moved_chats: rules(['account', 'address', 'current', 'at'], {
    export: KEY,
    erase: CHAT,
  }),
  link_codes: {
    ...rules(['digest', 'conversation_id', 'resident_id', 'created_at', 'expires_at'], {
      export: { no: 'a code of ten minutes' },
      erase: 'row',
    }),
  },
  link_attempts: rules(['id', 'conversation_id', 'kind', 'at'], {
    export: { no: 'when a code was made or typed wrong, deleted after a day' },
    erase: { kept: 'a limit that an erasure would lift is none; deleted after a day' },
  }),
  reminders: rules(
    [
      ...[
        'id',
        'kind',
        'key',
        'subject',
        'version',
        'resident_id',
        'staff_id',
        'conversation_id',
        'payload',
        'purpose',
      ],
      ...[
        'consent',
        'quiet',
        'due_at',
        'expires_at',
        'status',
        'reason',
        'via_id',
        'tries',
        'created_at',
        'ended_at',
      ],
    ],
    {
      export: {
        no: 'what the chat is going to say by itself about records that are exported; deleted after 30 days',
      },
      erase: 'row',
    },
  ),
  coach_records: {
    ...rules(['id', 'resident_id', 'coach_id'], { export: KEY, erase: 'row' }),
    ...rules(['kind', 'text', 'stage', 'jobs', 'at'], { export: 'coaching', erase: 'row' }),
  },
  timers: rules(['id', 'conversation_id', 'name', 'wait', 'due_at'], {
    export: { no: 'when the open question is repeated' },
    erase: 'row',
  }),
}

/** Tables that say nothing about residents. */
export const NOT_PERSONAL = [
  'operators',
  'invitations',
  'whatsapp_page_keys',
  'staff_chats',
  'centres',
  'centre_hours',
  'centre_exceptions',
  'ramadan',
  'booking_rules',
  'coaches',
  'coach_hours',
  'coach_time_off',
  'holidays',
  'step_counts',
  'unread_texts',
  'settings',
  'media',
  'leases',
  'paces',
  'whatsapp_accounts',
  '_prisma_migrations',
]
