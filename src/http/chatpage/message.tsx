import type { FileRef, RichText, Say, ShownChoice } from '../../engine/types.ts'
import type { Shown } from './view.ts'
import type { Words } from './words.ts'

interface Props {
  message: Shown
  words: Words
  numberedText: (say: Say) => string
}

/** One message, and before it the day when a new one begins. Both looks are drawn; the chat's look hides one. */
export function Message({ message, words, numberedText }: Props) {
  const own = message.from === 'person'
  return (
    <>
      {message.day && (
        <li class="day">
          <span>{message.day}</span>
        </li>
      )}
      <li
        class={`message ${own ? 'own' : 'theirs'}`}
        id={message.id}
        data-key={message.key}
        data-tap={message.tap}
      >
        <div class="bubble">
          <span class="sr-only">{own ? words.you : words.assistant}: </span>
          {message.say ? (
            <>
              {message.say.file && <Attachment id={message.id} file={message.say.file} />}
              <SayView say={message.say} numberedText={numberedText} />
            </>
          ) : (
            <p class="text">{message.text ?? <em>{words.erased}</em>}</p>
          )}
          <p class="meta">
            <time datetime={message.iso}>{message.time}</time>
            {own && <Sent words={words} />}
          </p>
        </div>
      </li>
    </>
  )
}

const Sent = ({ words }: { words: Words }) => (
  <span class="tick">
    <span aria-hidden="true">✓</span>
    <span class="sr-only">{words.sent}</span>
  </span>
)

/** `id` is that of the message on the page: `o` and the number of its row. */
function Attachment({ id, file }: { id: string; file: FileRef }) {
  const href = `/chat/files/${id.slice(1)}`
  return file.as === 'picture' ? (
    <a class="picture" href={href} target="_blank" rel="noreferrer">
      <img src={href} alt={file.alt ?? file.name} loading="lazy" />
    </a>
  ) : (
    <a class="document" href={href} download={file.name}>
      <span aria-hidden="true">📄 </span>
      {file.name}
    </a>
  )
}

function SayView({ say, numberedText }: { say: Say; numberedText: (say: Say) => string }) {
  const described = say.choices?.filter(choice => choice.description) ?? []
  return (
    <>
      <div class="look-buttons">
        <p class="text">
          <Rich text={say.text} />
        </p>
        {described.length > 0 && (
          <ul class="described">
            {described.map(choice => (
              <li>
                <b>{choice.label}</b>: {choice.description}
              </li>
            ))}
          </ul>
        )}
        <Choices say={say} />
      </div>
      <p class="text look-numbers">
        <Rich text={starsToBold(numberedText(withoutShare(say)))} />
      </p>
    </>
  )
}

const Rich = ({ text }: { text: RichText }) => (
  <>{text.map(span => (typeof span === 'string' ? span : <b>{span.bold}</b>))}</>
)

/** Where there are no buttons, no number can be shared by one. */
const withoutShare = (say: Say): Say =>
  say.request && say.choices ? { ...say, choices: say.choices.slice(1) } : say

/** WhatsApp's reading of `*bold*`; a star that a person wrote is followed by an invisible joiner and stays a star. */
const starsToBold = (text: string): RichText =>
  text
    .split(/\*(?!\u2060)([^*\n]+)\*(?!\u2060)/)
    .map((part, i) => (i % 2 === 1 ? { bold: part } : part))
    .filter(span => span !== '')

const SHORT = 12

function Choices({ say }: { say: Say }) {
  const { wait, choices = [], more, request } = say
  if (choices.length === 0) return null
  if (request) return <ContactChoices choices={choices} />
  if (!wait) return null
  const sideBySide = choices.length <= 3 && choices.every(choice => choice.label.length <= SHORT)
  return (
    <div class={`choices ${sideBySide ? 'row' : 'stack'}`}>
      {choices.map((choice, i) => (
        <Button wait={wait} option={i + 1} label={choice.label} />
      ))}
      {more && <Button wait={wait} option={0} label={more} />}
    </div>
  )
}

const Button = ({ wait, option, label }: { wait: string; option: number; label: string }) => (
  <button type="button" class="choice" data-act="tap" data-wait={wait} data-option={option}>
    {label}
  </button>
)

/** As on Telegram: the first shares the person's own number, the others are words that are sent as they stand. */
function ContactChoices({ choices: [share, ...others] }: { choices: ShownChoice[] }) {
  return (
    <div class="choices stack">
      <button type="button" class="choice share" data-act="contact">
        {share?.label}
      </button>
      {others.map(choice => (
        <button type="button" class="choice" data-act="text" data-text={choice.label}>
          {choice.label}
        </button>
      ))}
    </div>
  )
}
