import { randomUUID } from 'node:crypto'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { pino } from 'pino'
import type { Test } from 'tap'
import { memoryDeps, type Parts } from '../../src/compose/deps'
import { readOptions } from '../../src/config'
import type { Deps } from '../../src/deps'
import type { Sandbox, SandboxOptions } from '../../src/index'
import { runSandbox } from '../../src/start-sandbox'
import type { StoredOrder } from '../../src/store/records'
import { keepIfFailed, lastLines } from './failures'

/** Starts a sandbox that is closed at the end of `t`. */
export async function sandboxFor(t: Test, options: SandboxOptions = {}, parts: Parts = {}): Promise<Sandbox> {
  const log = lastLines()
  keepIfFailed(t, 'log', log.text)
  const logger = pino({ level: 'debug' }, log)
  const sandbox = await runSandbox(readOptions(withStore(options, parts)), logger, { ...usualParts, ...parts })
  t.teardown(() => sandbox.close())
  return sandbox
}

/** Milliseconds that Redis has to answer: a busy machine needs more than users should have to wait. */
const storePatience = 15_000

/** With the URL of a Redis in TEST_STORE, sandboxes use it, except in tests that are bound to the memory store. */
function withStore(options: SandboxOptions, parts: Parts): SandboxOptions {
  const store = process.env['TEST_STORE']
  const ownParts = Object.keys(parts).find((name) => !['resolve', 'timeout', 'storePatience'].includes(name))
  const isBound = options.seed ?? options.load ?? options.state ?? ownParts
  return store === undefined || isBound !== undefined ? options : { store, storePrefix: randomUUID(), ...options }
}

/** Resolves no name, so that no test ever makes a real DNS query. */
const noNames = async (name: string) => {
  throw Object.assign(new Error(`tests must not look up ${name}`), { code: 'ENOTFOUND' })
}

/** For a sandbox whose Redis hangs: the timeout that users have. */
export const asForUsers: Parts = { storePatience: undefined }

const usualParts: Parts = { resolve: noNames, storePatience }

const silent = pino({ level: 'silent' })

/** The dependencies of a sandbox, with `parts` instead of the usual ones. */
export const depsFor = (parts: Parts & Partial<Deps> = {}): Deps =>
  memoryDeps(parts.config ?? readOptions({}), parts.logger ?? silent, { resolve: noNames, ...parts })

export const basic = (username: string, password = '') =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`

/** The headers of a valid call. */
export const goodHeaders = {
  authorization: basic('sandbox'),
  'x-account-id': 'acme',
  'content-type': 'application/json',
}

export const ordersPath = '/unified/ats/assessments/orders'

/** What calls paths below `prefix` as the account acme, with `body` as JSON if given. */
const callerOf =
  (prefix: string) =>
  async (url: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const { 'content-type': contentType, ...withoutBody } = goodHeaders
    const response = await fetch(`${url}${prefix}${path}`, {
      method,
      headers: { ...(body === undefined ? withoutBody : goodHeaders), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    }
  }

/** Calls `path` of the assessments API as the account acme, with `body` as JSON if given. */
export const call = callerOf('/unified/ats/assessments')

/** Calls `path` of the API of background checks as the account acme, with `body` as JSON if given. */
export const callChecks = callerOf('/unified/ats/background_checks')

/** Posts an order to the sandbox at `url`: a string unchanged, anything else as JSON. */
export async function postOrder(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url + ordersPath, {
    method: 'POST',
    headers: { ...goodHeaders, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  }
}

/** An order with every field of the contract; all people are invented. */
export const fullOrder = {
  id: 'order-2041',
  package: {
    id: 'pkg_typescript_backend',
    remote_id: 'prov-4711',
    name: 'TypeScript for back-end engineers',
    description: 'Typing, asynchronous code and HTTP, in forty minutes',
  },
  application: {
    id: 'app_1029',
    remote_id: 'ats-app-77',
    application_status: { value: 'assessment', source_value: 'Skills test' },
    passthrough: { stage: 3 },
  },
  job: {
    id: 'job_88',
    remote_id: 'ats-job-12',
    title: 'Back-end engineer',
    hiring_team: [
      {
        user_id: 'usr_204',
        remote_user_id: 'ats-usr-9',
        first_name: 'Noor',
        last_name: 'Haddad',
        email: 'noor.haddad@example.com',
        role: 'Hiring manager',
      },
    ],
    passthrough: { office: 'Lisbon' },
  },
  candidate: {
    id: 'cand_31',
    remote_id: 'ats-cand-5',
    first_name: 'Mia',
    last_name: 'Lindqvist',
    emails: [{ type: 'personal', value: 'mia.lindqvist@example.com' }],
    passthrough: { pronouns: 'she/her' },
    profile_url: 'https://ats.example.com/candidates/31',
  },
  requester: {
    user_id: 'usr_7',
    remote_user_id: 'ats-usr-1',
    first_name: 'Ilan',
    last_name: 'Okafor',
    email: 'ilan.okafor@example.com',
    role: 'Recruiter',
  },
  results_update_url: 'https://ats.example.com/assessments/results',
  passthrough: { campaign: 'spring' },
}

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)

/** How `value` violates `schema`; empty if it conforms. */
export function violationsOf(schema: object, value: unknown): unknown[] {
  const validate = ajv.compile(schema)
  return validate(value) ? [] : (validate.errors ?? [])
}

/** An order as a store keeps it. */
export const storedOrder = (facts: Partial<StoredOrder> = {}): StoredOrder => ({
  kind: 'assessment',
  accountId: 'acme',
  id: 'order-1',
  remoteId: 'remote-1',
  token: 'token-1',
  origin: 'http://127.0.0.1:4600',
  orderedAt: 1_770_000_000_000,
  openedAt: null,
  startedAt: null,
  resultAt: null,
  state: 'ordered',
  request: '{"id":"order-1"}',
  result: null,
  ...facts,
})
