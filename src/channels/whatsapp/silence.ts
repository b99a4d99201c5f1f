const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const
const PRINTERS = /[\\/]node_modules[\\/](libsignal|@whiskeysockets|whatsapp-rust-bridge)[\\/]/

/**
 * libsignal prints whole sessions, private keys and all, to the console whenever one is opened or closed, past every log
 * level. What these packages print is dropped; everybody else's console works as before. Judged by the caller, not by the
 * words: those change.
 */
export function silenceSignal(): void {
  if (silenced) return
  silenced = true
  for (const method of METHODS) {
    const print = console[method].bind(console) as (...words: unknown[]) => void
    console[method] = (...words: unknown[]) => {
      if (!PRINTERS.test(caller())) print(...words)
    }
  }
}

let silenced = false

/** The first frames above this module. */
function caller(): string {
  const lines = new Error().stack?.split('\n') ?? []
  return lines.slice(3, 6).join('\n')
}
