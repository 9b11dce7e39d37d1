import { get } from 'node:http'

/** Whether the sandbox on `host` and `port` answers within two seconds. Prints why not. */
export function isHealthy(host: string, port: number): Promise<boolean> {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return new Promise((resolve) => {
    const request = get({ host: reachable, port, path: '/_sandbox/health', timeout: 2_000 }, (response) => {
      response.resume()
      if (response.statusCode === 200) resolve(true)
      else request.destroy(new Error(`answered with ${String(response.statusCode)}, so it is something else`))
    })
    request.on('timeout', () => request.destroy(new Error('no answer within two seconds')))
    request.on('error', ({ message }) => {
      process.stderr.write(`No healthy sandbox on ${reachable}:${String(port)}: ${message}\n`)
      resolve(false)
    })
  })
}
