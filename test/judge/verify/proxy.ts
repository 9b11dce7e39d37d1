import { createServer, type IncomingHttpHeaders, request as requestFrom } from 'node:http'
import type { Test } from 'tap'
import { parsedJson } from '../../../src/pure/json'
import { listenFor } from '../../support/receiver'

export interface Asked {
  method: string
  /** Without its query. */
  path: string
  query: string
  headers: IncomingHttpHeaders
  text: string
}

/** An answer, which a mutation may change. */
export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  json: unknown
}

export type Mutate = (asked: Asked, answered: Answered) => void

/** A proxy in front of the server at `url`, which changes its answers as `mutate` says at that time. */
export async function proxyFor(t: Test, url: string) {
  const proxy = { url: '', mutate: (() => undefined) as Mutate, asked: [] as Asked[] }
  const server = createServer({ maxHeaderSize: 64 * 1024, requireHostHeader: false }, (request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks)
      const { method = '', url: target = '', headers } = request
      const [path = '', query = ''] = target.split('?')
      const asked = { method, path, query, headers, text: body.toString() }
      proxy.asked.push(asked)
      const { hostname, port } = new URL(url)
      const outgoing = requestFrom({ hostname, port, method, path: target, headers, agent: false }, (incoming) => {
        void (async () => {
          const parts: Buffer[] = []
          for await (const part of incoming) parts.push(part as Buffer)
          const { 'content-length': length, 'transfer-encoding': encoding, ...kept } = incoming.headers
          const json = parsedJson(Buffer.concat(parts).toString())
          const answered = { status: incoming.statusCode ?? 0, headers: kept, json }
          proxy.mutate(asked, answered)
          response.writeHead(answered.status, { ...answered.headers, connection: 'close' })
          response.end(JSON.stringify(answered.json))
        })()
      })
      outgoing.on('error', () => response.destroy())
      outgoing.end(body)
    })()
  })
  proxy.url = `http://127.0.0.1:${String(await listenFor(t, server))}`
  return proxy
}
