import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { methodsOfStackone, stackoneOperations } from '../../src/plugins/stackone-operations'

/** Withdrawn by StackOne: no longer in the SDK. */
const leftTheSdk = ['GET /unified/ats/assessments/orders/{id}', 'GET /unified/ats/assessments/orders/{id}/results']

/** Documented after this version of the SDK. */
const notYetInSdk = [
  'POST /unified/ats/interviews/{id}/notes',
  'PATCH /unified/ats/interviews/{id}/notes/{subResourceId}',
]

t.test("the list of StackOne's operations matches the official SDK", (t) => {
  const folder = join(dirname(require.resolve('@stackone/stackone-client-ts')), 'src/funcs')
  const ofSdk = readdirSync(folder).map((file) => {
    const source = readFileSync(join(folder, file), 'utf8')
    const path = /pathToFunc\(\s*"([^"]+)"/.exec(source)?.[1]
    const method = /method: "([A-Z]+)"/.exec(source)?.[1]
    return `${String(method)} ${String(path)}`
  })
  const listed = Object.entries(stackoneOperations).flatMap(([path, methods]) =>
    methods.split(' ').map((method) => `${method} ${path}`),
  )
  t.strictSame(listed.sort(), [...ofSdk, ...leftTheSdk, ...notYetInSdk].sort())
  t.end()
})

t.test('paths are matched by segment, and an empty segment is not an id', (t) => {
  t.strictSame(methodsOfStackone('/unified/ats/jobs/17'), ['GET', 'PATCH'])
  t.strictSame(methodsOfStackone('/unified/ats/jobs/'), [])
  t.strictSame(methodsOfStackone('/unified/ats/jobs/17/nope'), [])
  t.end()
})
