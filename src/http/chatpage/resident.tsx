import type { Say } from '../../engine/types.ts'
import { MAX_TEXT } from './limits.ts'
import { Message } from './message.tsx'
import { clockOf, type ChatState, type Shown } from './view.ts'
import type { Language, Words } from './words.ts'

export interface ResidentProps {
  number: number
  messages: Shown[]
  state: ChatState
  look: 'buttons' | 'numbers'
  now: number
  language: Language
  words: Words
  removable: boolean
  numberedText: (say: Say) => string
}

/** The chat of one resident: a phone for somebody who is new. */
export function Resident(props: ResidentProps) {
  const { number, words, state } = props
  const name = `${words.resident} ${number}`
  return (
    <section
      class="resident"
      id={`warga-${number}`}
      aria-label={name}
      data-resident={number}
      data-look={props.look}
      data-conversation={state.conversation}
      data-offset={state.offset}
      data-typing={state.typing ? 'yes' : undefined}
    >
      <header class="chat-head">
        <span class="avatar" aria-hidden="true">
          OK
        </span>
        <div class="who">
          <h2>{name}</h2>
          <p class="clock">{clockOf(props.now + state.offset, props.language)}</p>
        </div>
        <Tools {...props} />
      </header>
      <Log {...props} name={name} />
      <Composer name={name} words={words} number={number} />
    </section>
  )
}

function Log({ name, words, messages, numberedText }: ResidentProps & { name: string }) {
  return (
    <div class="log" tabindex={0} role="log" aria-live="polite" aria-label={`${words.chatWith} ${name}`}>
      <div class="empty" hidden={messages.length > 0}>
        <p class="empty-title">{words.emptyTitle}</p>
        <p>{words.emptyText}</p>
        <p>{words.emptyHint}</p>
        <div class="choices row">
          {words.tries.map(text => (
            <button type="button" class="choice" data-act="text" data-text={text}>
              {text}
            </button>
          ))}
        </div>
      </div>
      <ol class="messages">
        {messages.map(message => (
          <Message message={message} words={words} numberedText={numberedText} />
        ))}
      </ol>
      <ol class="outgoing"></ol>
      <p class="typing" hidden>
        <span class="sr-only">{words.typing}</span>
        <span class="dots" aria-hidden="true">
          <i></i>
          <i></i>
          <i></i>
        </span>
      </p>
      <button type="button" class="newest" data-act="newest" hidden>
        <span aria-hidden="true">↓ </span>
        {words.newest}
      </button>
    </div>
  )
}

function Composer({ name, number, words }: { name: string; number: number; words: Words }) {
  return (
    <form class="composer">
      <label class="sr-only" for={`write-${number}`}>
        {words.writeLabel} {name}
      </label>
      <textarea
        id={`write-${number}`}
        name="text"
        rows={1}
        maxlength={MAX_TEXT}
        placeholder={words.write}
        enterkeyhint="send"
        autocomplete="off"
      ></textarea>
      <button type="submit" class="send" aria-label={words.send}>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path d="M3 11.5 21 3l-6.5 18-3-7.5z" fill="currentColor" />
        </svg>
      </button>
    </form>
  )
}

const STEPS = ['hour', 'hours', 'day', 'week'] as const

function Tools({ number, words, look, state, removable }: ResidentProps) {
  return (
    <details class="tools">
      <summary>
        <span aria-hidden="true">⋯</span>
        <span class="sr-only">
          {words.tools} {words.resident} {number}
        </span>
      </summary>
      <div class="panel">
        <fieldset>
          <legend>{words.look}</legend>
          <Look number={number} value="buttons" now={look} label={words.lookButtons} />
          <Look number={number} value="numbers" now={look} label={words.lookNumbers} />
        </fieldset>
        <fieldset>
          <legend>{words.clock}</legend>
          <p class="hint">{words.clockHint}</p>
          <div class="choices four">
            {STEPS.map(step => (
              <button type="button" data-act="clock" data-step={step}>
                {words.steps[step]}
              </button>
            ))}
          </div>
          <p class="hint clock-status" role="status"></p>
        </fieldset>
        <Contact number={number} words={words} />
        <fieldset>
          <legend>{words.otherThings}</legend>
          <div class="choices row">
            {(['photo', 'voice', 'sticker'] as const).map(media => (
              <button type="button" data-act="media" data-media={media}>
                {words.media[media]}
              </button>
            ))}
          </div>
        </fieldset>
        <Developer state={state} words={words} />
        <Endings number={number} words={words} removable={removable} />
      </div>
    </details>
  )
}

const Look = (props: { number: number; value: string; now: string; label: string }) => (
  <label class="radio">
    <input
      type="radio"
      name={`look-${props.number}`}
      value={props.value}
      checked={props.value === props.now}
    />
    {props.label}
  </label>
)

function Contact({ number, words }: { number: number; words: Words }) {
  return (
    <fieldset>
      <legend>{words.contact}</legend>
      <label class="sr-only" for={`phone-${number}`}>
        {words.contact}
      </label>
      <div class="contact">
        <input
          id={`phone-${number}`}
          class="phone"
          type="tel"
          inputmode="tel"
          maxlength={30}
          autocomplete="off"
          value={`0812 0000 000${number}`}
        />
        <button type="button" data-act="contact">
          {words.shareContact}
        </button>
      </div>
      <p class="hint">{words.contactHint}</p>
    </fieldset>
  )
}

const Developer = ({ state, words }: { state: ChatState; words: Words }) => (
  <details class="developer">
    <summary>{words.developer}</summary>
    <dl>
      <dt>{words.step}</dt>
      <dd class="step">{state.step}</dd>
      <dt>{words.timer}</dt>
      <dd class="timer">{state.timer}</dd>
    </dl>
    <p class="hint">{words.recorded}</p>
  </details>
)

/** Plain forms, so that they work whatever the script does; it only asks first. */
function Endings({ number, words, removable }: { number: number; words: Words; removable: boolean }) {
  return (
    <div class="endings">
      <form method="post" action={`/chat/residents/${number}/restart`} data-confirm={words.confirmRestart}>
        <button type="submit" class="danger">
          {words.restart}
        </button>
      </form>
      {removable && (
        <form method="post" action={`/chat/residents/${number}/remove`} data-confirm={words.confirmRemove}>
          <button type="submit" class="danger">
            {words.remove}
          </button>
        </form>
      )}
    </div>
  )
}
