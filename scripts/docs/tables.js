'use strict'

// The tables of the documents, each from what the code says.

const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')
const { served } = require('./served')
const { speedTables } = require('./speed')

/** @typedef {import('./generated').Table} Table */

const root = join(__dirname, '../..')
if (!existsSync(join(root, 'dist/index.js'))) throw new Error('Nothing is built: run `npm run build` first.')
const { personas } = require('../../build/src/accounts/personas')
const { providerRules } = require('../../build/src/accounts/providers')
const { errors } = require('../../build/src/errors')
const { checkedOn } = require('../../build/src/routes/reference/fidelity')
const { providerChecks } = require('../../build/src/judge/provider/checks')
const { scenarios } = require('../../build/src/judge/client/scenarios')
const { probes } = require('../../build/src/judge/verify/probes')
const { ledger } = require('../../build/src/routes/reference/ledger/ledger')
const { settings } = require('../../build/src/settings')

const code = (/** @type {string} */ text) => `\`${text}\``

/** The row of what a command of the judge looks at. @param {string} command */
const rowOf =
  (command) =>
  (/** @type {Record<'id' | 'title' | 'why' | 'source', string>} */ { id, title, why, source }) => [
    code(command),
    code(id),
    title,
    why,
    source,
  ]

/** A sandbox is started once, for whichever of the tables asks first. @type {ReturnType<typeof served> | undefined} */
let running
const ofSandbox = () => (running ??= served())

/** @type {() => import('../../bench/run').Results} */
const benchmark = () => JSON.parse(readFileSync(join(root, 'bench/results.json'), 'utf8'))

/**
 * What makes each table, by the name in its marker. Null: its source has nothing, and what the document has stays.
 *
 * @type {Record<string, () => Table | null | Promise<Table>>}
 */
exports.tables = {
  settings: () => ({
    head: ['flag', 'variable', 'option', 'what it does', 'must be', 'default'],
    rows: Object.entries(settings).map(([option, { flag, env, about, accepts, shown }]) => [
      code(flag),
      code(env),
      code(option),
      about,
      accepts,
      shown,
    ]),
  }),

  errors: () => ({
    head: ['status', 'errorCode', 'when'],
    rows: Object.values(errors).map(({ status, errorCode, when }) => [String(status), code(errorCode), when]),
  }),

  accounts: () => ({
    head: ['account', 'what it does'],
    rows: personas.map(({ id, about }) => [code(id), about]),
  }),

  providers: () => ({
    head: ['provider', 'what it does', 'source', 'assumed'],
    rows: providerRules.map(({ provider, about, source, assumed }) => [code(provider), about, source, assumed]),
  }),

  fidelity: () => ({
    head: ['behaviour', 'how well it is known', 'checked', 'probe'],
    rows: ledger.map((row) => {
      const { behaviour, sure, probes, unprobed } = row
      return [behaviour, sure, checkedOn(row), probes === undefined ? `none: ${unprobed}` : probes.map(code).join(', ')]
    }),
  }),

  checks: () => ({
    head: ['command', 'check', 'what should hold', 'why', 'source'],
    rows: [
      ...providerChecks.map(rowOf('check provider')),
      ...scenarios.map(rowOf('check client')),
      ...probes.map(rowOf('verify')),
    ],
  }),

  'http-api': async () => ({
    head: ['call', 'what it does', 'answer'],
    rows: (await ofSandbox()).calls.map(({ method, path, summary, answer }) => [
      code(`${method} ${path}`),
      summary,
      answer,
    ]),
  }),

  metrics: async () => ({
    head: ['metric', 'type', 'labels', 'meaning'],
    rows: (await ofSandbox()).metrics.map(({ name, type, labels, help }) => [
      code(name),
      type,
      labels.map(code).join(', '),
      help,
    ]),
  }),

  speed: () => speedTables(benchmark()).speed,
  'speed-targets': () => speedTables(benchmark()).targets,
  'speed-redis': () => speedTables(benchmark()).stores,
  'round-trips': () => speedTables(benchmark()).roundTrips,
}
