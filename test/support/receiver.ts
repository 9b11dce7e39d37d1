import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import type { Test } from 'tap'
import type { ControlDelivery } from '../../schemas/control/deliveries'
import type { Sandbox } from '../../src/index'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** The exact bytes. */
  raw: Buffer
  json: Record<string, unknown>
}

type Answer = (response: ServerResponse, received: Received) => void

const ok: Answer = (response) => response.end()

/** A local server that receives deliveries; `answer` is called for each request once it is complete. */
export async function receiverFor(t: Test, answer: Answer = ok) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void read(request).then((each) => {
      received.push(each)
      server.emit('received')
      answer(response, each)
    })
  })
  const port = await listenFor(t, server)
  return {
    url: `http://127.0.0.1:${String(port)}`,
    received,
    /** Resolves with all requests once there are `count`. */
    async all(count: number): Promise<Received[]> {
      while (received.length < count) await once(server, 'received')
      return received
    },
  }
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const { method = '', url: path = '', headers } = request
  return { method, path, headers, raw, json: JSON.parse(raw.toString()) as Record<string, unknown> }
}

/** Listens on a free port of this machine until the end of `t`; returns the port. */
export async function listenFor(t: Test, server: Server & { closeAllConnections?: () => void }): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections?.()
  })
  return (server.address() as AddressInfo).port
}

/** The deliveries of a sandbox, newest first. */
export async function deliveriesOf({ url }: Pick<Sandbox, 'url'>, query = ''): Promise<ControlDelivery[]> {
  const response = await fetch(`${url}/_sandbox/deliveries${query}`)
  return ((await response.json()) as { deliveries: ControlDelivery[] }).deliveries
}
