/**
 * NUL cannot be stored by PostgreSQL and a lone surrogate cannot be sent as UTF-8: both are replaced where text enters.
 * `toWellFormed` is what the platform offers from Node 20 on.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
