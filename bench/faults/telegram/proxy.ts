import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Proxy {
  url: string
  stop(): Promise<void>
}

/**
 * Stands before the processes as an operator's proxy does: each request goes to the next process in turn; to another one
 * when that takes no connections; 502 when it ends in the middle.
 * @param ports of the processes
 */
export async function startProxy(ports: number[]): Promise<Proxy> {
  let turn = 0
  const server = createServer((from, to) => {
    const chunks: Buffer[] = []
    from.on('data', (chunk: Buffer) => chunks.push(chunk))
    from.on('end', () => {
      const first = turn++
      const order = ports.map((_, i) => ports[(first + i) % ports.length] ?? 0)
      forward(from, to, { body: Buffer.concat(chunks), ports: order })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function forward(
  from: IncomingMessage,
  to: ServerResponse,
  { body, ports }: { body: Buffer; ports: number[] },
): void {
  const [port, ...others] = ports
  if (port === undefined) return void to.writeHead(502).end()
  const { method = 'GET', url: path = '/', headers } = from
  const passing = request({ host: '127.0.0.1', port, method, path, headers }, answer => {
    to.writeHead(answer.statusCode ?? 502)
    answer.on('error', () => to.destroy())
    answer.pipe(to)
  })
  passing.on('error', (error: NodeJS.ErrnoException) => {
    if (to.headersSent) return void to.destroy()
    if (error.code === 'ECONNREFUSED') forward(from, to, { body, ports: others })
    else to.writeHead(502).end()
  })
  passing.end(body)
}
