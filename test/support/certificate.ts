import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const file = (name: string) => join(__dirname, 'tls', name)

/** A certificate for 127.0.0.1 and its key, and a key that doesn't fit. */
export const certificate = { cert: file('cert.pem'), key: file('key.pem'), otherKey: file('other-key.pem') }

/** Calls `url` as a client that trusts only that certificate. */
export async function callSecurely(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers, ca: readFileSync(certificate.cert), agent: false }, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode, body })
      }, reject)
    })
    call.on('error', reject)
    call.end(body)
  })
}
