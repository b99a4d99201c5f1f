import type { CallSpec, FileRef, ListRow, VarType } from '../../engine/types.ts'
import type { CALLS, CallName } from '../callSpecs.ts'
import type { CallContext } from '../ports.ts'

/** Types of a call's input and outcomes, made from its entry in `callSpecs.ts`. */

/** `own`: the channel vouches that the number is the sender's. */
export interface Phone {
  number: string
  own: boolean
}

interface Types extends Record<VarType, unknown> {
  choices: string[]
  phone: Phone
  number: number
  rupiah: number
  rows: never
  file: FileRef
}
type Plain<T extends VarType> = unknown extends Types[T] ? string : Types[T]

type Given<T> = T extends `${infer V extends VarType}?`
  ? Plain<V> | null
  : T extends VarType
    ? Plain<T>
    : never

export type InputOf<N extends CallName> = {
  [K in keyof (typeof CALLS)[N]['input']]: Given<(typeof CALLS)[N]['input'][K]>
}

type Outcomes<S extends CallSpec> = {
  [O in keyof S['outcomes'] & string]: {
    outcome: O
    output: { [K in keyof S['outcomes'][O]]: Given<S['outcomes'][O][K]> | null }
    rows?: ListRow[]
    forget?: true
  }
}[keyof S['outcomes'] & string]

export type ResultOf<N extends CallName> = Outcomes<(typeof CALLS)[N]>
export type Call<N extends CallName> = (input: InputOf<N>, context: CallContext) => Promise<ResultOf<N>>
