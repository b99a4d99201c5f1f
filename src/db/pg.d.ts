import type { EventEmitter } from 'node:events'

// What pg has and @types/pg 8.23 does not name.
declare module 'pg' {
  interface ClientBase {
    /** The protocol below the client; says `commandComplete` once per finished statement. */
    readonly connection: EventEmitter
  }
  interface Client {
    /** Lets the process end while this connection is open. */
    unref(): void
  }
}
