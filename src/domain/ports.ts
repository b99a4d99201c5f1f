/**
 * What the domain needs of the database, by noun. Implemented in `db/`, always bound to the turn's open transaction.
 * Expected outcomes are return values (`taken`, `known`); only faults are thrown.
 */
export interface Repos {
  residents: Residents
}

export interface Residents {
  /** The active resident of a conversation. */
  active(conversationId: number): Promise<{ id: string } | undefined>
}
