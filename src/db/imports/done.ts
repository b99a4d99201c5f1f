/** What an import did, counted in rows of the table. */
export interface Done {
  added: number
  changed: number
  /** Rows that were there already and left alone. */
  kept: number
  /** Appointments that it called off: their residents are told. */
  calledOff?: number
}

/** A row that the database does not know, found only when it is looked up. */
export class UnknownRowError extends Error {
  override readonly name = 'UnknownRowError'
  constructor(
    readonly line: number,
    readonly column: string,
    readonly expected: string,
  ) {
    super(`line ${line}, column ${column}`)
  }
}
