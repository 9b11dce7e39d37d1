import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { setTimeout as pass } from 'node:timers/promises'
import type { Test } from 'tap'
import type { JudgeAccess } from '../../src/judge/index'
import { listenFor } from './receiver'

/** What a provider does wrong. */
export interface Flaws {
  packages?:
    | 'empty'
    | 'malformed'
    | 'fresh ids'
    | 'equal ids'
    | 'unsigned'
    | 'any key'
    | 'needs job_id'
    | 'strict'
    | 'slow'
    | 'hangs'
    | 'error'
    | 'created'
  signature?: 'unchecked' | 'presence only' | 'crashes'
  event?:
    | 'unknown fails'
    | 'strict'
    | 'small only'
    | 'synthetic refused'
    | 'repeats count'
    | 'repeats count later'
    | 'no update first'
    | 'update ends it'
    | 'hangs'
    | 'slow'
  names?: 'ascii only' | 'refused'
  report?:
    | 'never'
    | 'invalid'
    | 'in progress only'
    | 'camelCase'
    | 'once'
    | 'wrong order'
    | 'at once'
    | 'ever again'
    | 'once again'
    | 'first order only'
    | 'garbled again'
    | 'in two parts'
    | 'in two steps'
    | 'score only'
    | 'address only'
}

const secret = 'whsec_test'
const key = 'packages_test'

interface Event {
  event: string
  account_id: string
  record_id: string
  event_data?: { candidate_id: string; application_id: string }
}

/** A provider that does everything right but `flaws`: its addresses, and where to tell it of the sandbox. */
export async function providerFor(t: Test, flaws: Flaws = {}) {
  let access: JudgeAccess = { url: '', apiKey: '', accountId: '' }
  const seen = new Set<string>()
  const updated = new Set<string>()
  let lists = 0
  let orders = 0
  let isOver = false
  t.teardown(() => (isOver = true))

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks).toString()
      if (request.url === '/packages') await packages(request.headers, body, response)
      else await event(request.headers, body, response)
    })()
  })
  const port = await listenFor(t, server)
  const base = `http://127.0.0.1:${String(port)}`

  const isSigned = (body: string, { 'x-stackone-signature': given }: IncomingHttpHeaders) =>
    given === createHmac('sha256', secret).update(body).digest('base64url')

  function answer(response: ServerResponse, status: number, body: unknown = {}) {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  async function packages(headers: IncomingHttpHeaders, body: string, response: ServerResponse) {
    const { packages: flaw } = flaws
    if (flaw === 'hangs') return
    if (flaw !== 'unsigned' && !isSigned(body, headers)) {
      answer(response, 401)
      return
    }
    if (flaw !== 'any key' && headers.authorization !== `Basic ${Buffer.from(key).toString('base64')}`) {
      answer(response, 403)
      return
    }
    const question = JSON.parse(body) as { job_id?: string }
    if (flaw === 'error' || (flaw === 'needs job_id' && question.job_id === undefined)) {
      answer(response, 500)
      return
    }
    if (flaw === 'strict' && Object.keys(question).length > 3) {
      answer(response, 400)
      return
    }
    if (flaw === 'slow' && ++lists === 1) await pass(5_200)
    const id = flaw === 'fresh ids' ? `baking-${String(++lists)}` : 'baking'
    const data = [
      { id: flaw === 'malformed' ? 3 : id, name: 'Baking' },
      { id: flaw === 'equal ids' ? id : 'pastry', name: 'Pastry' },
    ]
    answer(response, flaw === 'created' ? 201 : 200, { next: null, data: flaw === 'empty' ? [] : data })
  }

  async function event(headers: IncomingHttpHeaders, body: string, response: ServerResponse) {
    const { event: flaw, signature } = flaws
    if (flaw === 'hangs') return
    const isTrusted =
      signature === 'unchecked' ||
      (signature === 'presence only' && headers['x-stackone-signature'] !== undefined) ||
      isSigned(body, headers)
    if (!isTrusted || (flaw === 'small only' && body.length > 100_000)) {
      answer(response, !isTrusted && signature === 'crashes' ? 500 : 401)
      return
    }
    const told = JSON.parse(body) as Event
    if (
      (flaw === 'unknown fails' && !/\.(created|updated|deleted)$/.test(told.event)) ||
      (flaw === 'strict' && 'tags' in told) ||
      (flaw === 'synthetic refused' && told.event_data === undefined) ||
      (flaw === 'no update first' && told.event.endsWith('updated'))
    ) {
      answer(response, 500)
      return
    }
    if (told.event.endsWith('updated')) updated.add(told.record_id)
    const isToDo = told.event.endsWith('.created') && told.event_data !== undefined
    const isSlow = flaw === 'slow' && seen.size === 0
    const isRepeat = seen.has(body)
    const isNew = flaw === 'repeats count' || flaw === 'repeats count later' || !seen.has(body)
    seen.add(body)
    const isLost = flaw === 'update ends it' && updated.has(told.record_id)
    if (flaws.names === 'refused' && isToDo && !(await nameOf(told))) {
      answer(response, 500)
      return
    }
    if (!isSlow) answer(response, 200)
    if (flaw === 'repeats count later' && isRepeat) await pass(1_500)
    // The judge may be gone by then.
    if (isToDo && isNew && !isLost) await report(told).catch(() => undefined)
    if (!isSlow) return
    await pass(5_200)
    answer(response, 200)
  }

  const call = (account: string, path: string, body?: unknown) =>
    fetch(`${access.url}/unified/ats/${path}`, {
      method: body === undefined ? 'GET' : 'PATCH',
      headers: {
        authorization: `Basic ${Buffer.from(`${access.apiKey}:`).toString('base64')}`,
        'x-account-id': account,
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

  /** The candidate's name; empty when the flaw is about it. */
  async function nameOf({ account_id: account, event_data: data }: Event) {
    const answered = await call(account, `candidates/${String(data?.candidate_id)}`)
    const { data: candidate } = (await answered.json()) as { data: { name: string } }
    return flaws.names === undefined || /^[\x20-\x7e]*$/.test(candidate.name) ? candidate.name : ''
  }

  async function report(told: Event) {
    const { report: flaw } = flaws
    // Nobody has said where StackOne is.
    if (access.url === '') return
    if ((await nameOf(told)) === '') return
    if (flaw === 'never' || (flaw === 'first order only' && orders++ > 0)) return
    const order = flaw === 'wrong order' ? 'no-such-order' : told.record_id
    const outcome = flaw === 'in progress only' ? 'in_progress' : 'passed'
    const score = { value: flaw === 'invalid' ? 92 : '92', min: '0', max: '100' }
    const url = 'https://tests.example.com/results/1'
    const usual = {
      result: { value: outcome },
      ...(outcome === 'passed' && { score }),
      ...(flaw === 'camelCase' && { resultUrl: url }),
    }
    const body = flaw === 'score only' ? { score } : flaw === 'address only' ? { result_url: url } : usual
    const send = (part: object) => sendReport(told.account_id, `assessments/orders/${order}/result`, part)
    if (flaw === 'in two steps') {
      for (const value of ['initiated', 'in_progress']) await send({ result: { value } })
      await pass(1_000)
    }
    await send(body)
    if (flaw !== 'in two parts') return
    await pass(700)
    await send({ result_url: url })
  }

  /** Sends a report, again and again while that may help. */
  async function sendReport(account: string, path: string, report: object) {
    const { report: flaw } = flaws
    let body = report
    for (let tries = 0; tries < 5 && !isOver;) {
      const answered = await call(account, path, body).catch(() => null)
      const status = answered?.status ?? 503
      if (status === 200 || flaw === 'once') return
      if (status >= 400 && status < 500 && ![408, 429].includes(status) && flaw !== 'ever again') {
        if (flaw !== 'once again' || ++tries > 1) return
      }
      if (flaw === 'garbled again') body = { score: { value: 92 } }
      const seconds = flaw === 'at once' ? 0 : Number(answered?.headers.get('retry-after') ?? 0)
      await pass(seconds * 1_000 + 100)
    }
  }

  return {
    webhookUrl: `${base}/stackone#${secret}`,
    packagesUrl: `${base}/packages`,
    packagesAuth: key,
    onSandbox: (given: JudgeAccess) => {
      access = given
    },
  }
}
