import { createHmac, randomUUID } from 'node:crypto'
import { StackOne } from '@stackone/stackone-client-ts'
import {
  AtsUpdateBackgroundCheckResultRequestDtoValue,
  AtsUpdateCandidatesAssessmentsResultsRequestDtoValue,
} from '@stackone/stackone-client-ts/sdk/models/shared'
import t, { type Test } from 'tap'
import type { ControlOrder } from '../../schemas/control/orders'
import { type WebhookEvent, webhookStyles } from '../../schemas/events'
import type { OrderKind } from '../../schemas/order-kinds'
import type { AccountControl, Sandbox, SandboxOptions } from '../../src/index'
import { type Received, receiverFor } from '../support/receiver'
import { redisFor, type RedisForTest, skip } from '../support/redis'
import { call, sandboxFor } from '../support/sandbox'

const secret = 'whsec_baker'
const key = 'packages-key:'
const resultUrl = 'https://tests.example.com/results/7'

/** How the two kinds of order differ for a provider. */
const kinds: Record<OrderKind, Kind> = {
  assessment: {
    ordered: 'ats_assessments.created',
    /** StackOne asks the provider's endpoint. A wrong key is reported at once. */
    async offer(t, { acme, provider }) {
      const url = `${provider.url}/packages`
      await acme.packages.setEndpoint({ url, secret, auth: 'wrong-key' })
      t.match(await acme.packages.fetch(), {
        packages: [],
        problems: [{ path: '', message: 'the packages endpoint answered 401 instead of 200' }],
      })
      await acme.packages.setEndpoint({ url, secret, auth: key })
      t.match(await acme.packages.fetch(), { packages: [{ id: 'baking', name: 'Baking basics' }], problems: [] })
      return 'baking'
    },
    order: (acme, id) => acme.orders.create({ package: { id } }),
    /** StackOne has withdrawn this read, but nothing else says whom an order is about. */
    async read({ url }, { account_id: account, record_id: id }) {
      const { body } = await call(url, 'GET', `/orders/${id}`, undefined, { 'x-account-id': account })
      const { application } = body['data'] as ControlOrder['order']
      return application?.id ?? null
    },
    async report({ ats }, { account_id: xAccountId, record_id: id }) {
      await ats.updateAssessmentsResult({
        xAccountId,
        id,
        atsUpdateCandidatesAssessmentsResultsRequestDto: {
          score: { value: '92', min: '0', max: '100' },
          result: { value: AtsUpdateCandidatesAssessmentsResultsRequestDtoValue.Passed },
          resultUrl,
        },
      })
    },
  },
  background_check: {
    ordered: 'background_check_order.created',
    /** The provider creates the package at StackOne. */
    async offer(t, { acme, provider }) {
      const { createResult } = await provider.stackone.ats.createBackgroundCheckPackage({
        xAccountId: 'acme',
        atsCreateBackgroundCheckPackagesRequestDto: { name: 'Baking basics', tests: [{ name: 'Food hygiene record' }] },
      })
      t.match(createResult, { statusCode: 201, data: { id: /\w/ } })
      t.strictSame((await acme.packages.endpoint()).url, null)
      return String(createResult?.data.id)
    },
    order: (acme, id) => acme.orders.create({ package: { id } }, { kind: 'background_check' }),
    /** Nothing that StackOne ever published reads such an order. */
    read: async () => null,
    async report({ ats }, { account_id: xAccountId, record_id: id }) {
      await ats.updateBackgroundCheckResult({
        xAccountId,
        id,
        atsUpdateBackgroundCheckResultRequestDto: {
          score: { value: '92', min: '0', max: '100' },
          result: { value: AtsUpdateBackgroundCheckResultRequestDtoValue.Passed },
          resultUrl,
        },
      })
    },
  },
}

/** Shared by the stories. */
let redis: Promise<RedisForTest> | undefined

const stores: Record<string, { skip: typeof skip; options: () => Promise<SandboxOptions> }> = {
  'in memory': { skip: false, options: async () => ({}) },
  'in Redis': {
    skip,
    async options() {
      redis ??= redisFor(t)
      return { store: (await redis).url, storePrefix: randomUUID() }
    },
  },
}

for (const [where, store] of Object.entries(stores))
  for (const [name, kind] of Object.entries(kinds))
    for (const style of webhookStyles)
      t.test(`a provider delivers: ${name}, ${style} events, ${where}`, { skip: store.skip }, async (t) => {
        const sandbox = await sandboxFor(t, await store.options())
        const acme = sandbox.account('acme')
        const provider = await providerFor(t, sandbox, kind)

        // The provider puts a package on offer, and subscribes to the orders of it.
        const packageId = await kind.offer(t, { acme, provider })
        await acme.webhooks.add({ url: `${provider.url}/events`, secret, events: [kind.ordered], style })

        // A recruiter orders it for somebody who has applied for a job.
        const made = await kind.order(acme, packageId)
        const { candidate, application, job } = made.order
        t.match(made, { kind: name, state: 'ordered', order: { package: { id: packageId, name: 'Baking basics' } } })

        // The provider hears of it, and reads whom to test, and for which job.
        await acme.deliveries.waitFor({ orderId: made.id, status: 'delivered' })
        const [task] = provider.tasks
        if (task === undefined) throw new Error('the provider has heard of no order')
        t.match(task, { event: kind.ordered, account_id: 'acme', record_id: made.id })
        const isAnonymous = style === 'synthetic' && name === 'background_check'
        t.strictSame(
          task.about,
          isAnonymous
            ? null
            : {
                candidate: [candidate?.first_name, candidate?.last_name, candidate?.emails?.[0]?.value],
                application: application?.id,
                job: job?.title,
              },
        )

        // The candidate takes the test, and the provider reports the result.
        await kind.report(provider.stackone, task)

        // The recruiter sees it in the ATS.
        const { applicationResult } = await provider.stackone.ats.getApplication({
          xAccountId: 'acme',
          id: String(application?.id),
        })
        t.match(applicationResult?.data.resultLinks, [{ label: 'Baking basics: passed', url: resultUrl }])
        t.match(await acme.orders.get(made.id), { state: 'passed', result: { score: { value: '92' } } })

        // Nothing was refused on the way, and only the withdrawn read is warned of.
        await acme.requests.verifyClean({ allow: [{ operation: 'orders.get' }] })
      })

interface Kind {
  /** What is announced to the provider. */
  ordered: WebhookEvent
  /** Puts a package on offer and resolves with its id. */
  offer: (t: Test, parties: { acme: AccountControl; provider: Provider }) => Promise<string>
  /** The recruiter's order. */
  order: (acme: AccountControl, packageId: string) => Promise<ControlOrder>
  /** The id of the application that an order is about, where the event does not name it. */
  read: (sandbox: Sandbox, event: Event) => Promise<string | null>
  /** Reports a result. */
  report: (stackone: StackOne, event: Event) => Promise<void>
}

/** What a provider needs of an event. */
interface Event {
  event: string
  account_id: string
  record_id: string
  event_data?: { application_id: string; candidate_id: string }
}

/** A test that is to be taken; `about` is null if nobody says whom it is for. */
type Task = Event & { about: { candidate: unknown[]; application: string; job: unknown } | null }

type Provider = Awaited<ReturnType<typeof providerFor>>

/** An assessment provider: its server, and its client of StackOne. */
async function providerFor(t: Test, sandbox: Sandbox, kind: Kind) {
  const { url: serverURL, credentials: security } = sandbox
  const stackone = new StackOne({ serverURL, security, retryConfig: { strategy: 'none' } })
  const tasks: Task[] = []

  const isSigned = ({ raw, headers }: Received) =>
    headers['x-stackone-signature'] === createHmac('sha256', secret).update(raw).digest('base64url')

  const { url } = await receiverFor(t, (response, request) => {
    const answer = isSigned(request) ? respond(request) : Promise.resolve({ status: 401, body: {} })
    void answer
      .catch((error: unknown) => ({ status: 500, body: String(error) }))
      .then(({ status, body }) => response.writeHead(status).end(JSON.stringify(body)))
  })

  async function respond({ path, headers, json }: Received): Promise<{ status: number; body: unknown }> {
    if (path === '/packages') {
      const isStackone = headers.authorization === `Basic ${Buffer.from(key).toString('base64')}`
      const data = [{ id: 'baking', name: 'Baking basics' }]
      return isStackone ? { status: 200, body: { next: null, data } } : { status: 401, body: {} }
    }
    const event = json as unknown as Event
    tasks.push({ ...event, about: await readAbout(event) })
    return { status: 200, body: {} }
  }

  /** Reads the application, its candidate and its job. */
  async function readAbout(event: Event): Promise<Task['about']> {
    const { account_id: xAccountId, event_data: data } = event
    const applicationId = data?.application_id ?? (await kind.read(sandbox, event))
    if (applicationId === null) return null
    const { applicationResult } = await stackone.ats.getApplication({ xAccountId, id: applicationId })
    const { id, candidateId, jobId } = applicationResult?.data ?? {}
    if (data !== undefined) t.equal(candidateId, data.candidate_id)
    const [{ candidateResult }, { atsJobResult }] = await Promise.all([
      stackone.ats.getCandidate({ xAccountId, id: String(candidateId) }),
      stackone.ats.getJob({ xAccountId, id: String(jobId) }),
    ])
    const { firstName, lastName, emails } = candidateResult?.data ?? {}
    return {
      candidate: [firstName, lastName, emails?.[0]?.value],
      application: String(id),
      job: atsJobResult?.data.title,
    }
  }

  return { url, stackone, tasks }
}
