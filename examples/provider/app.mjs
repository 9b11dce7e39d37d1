import { randomUUID } from 'node:crypto'
import { AtsUpdateCandidatesAssessmentsResultsRequestDtoValue as Outcome } from '@stackone/stackone-client-ts/sdk/models/shared/index.js'
import Fastify from 'fastify'
import { onceEach } from './once.mjs'
import { isSigned, stackoneClient } from './stackone.mjs'

/** What recruiters choose from. */
const packages = [
  { id: 'baking', name: 'Baking basics', description: 'Doughs, ovens and food safety, in 30 minutes' },
  { id: 'pastry', name: 'Pastry', description: 'Laminated doughs and creams, in 45 minutes' },
]

/**
 * @typedef {object} Config
 * @property {string} serverURL StackOne, or the sandbox.
 * @property {string} apiKey
 * @property {string} webhookSecret Signs whatever StackOne sends.
 * @property {string} packagesKey What StackOne sends to the packages endpoint as its key.
 * @property {string} publicURL Where candidates and recruiters reach this app.
 * @property {(invitation: { email: string, candidate: string, job: string, url: string }) => Promise<void>} invite Sends the candidate the link to the test.
 */

/**
 * An assessment provider.
 *
 * @param {Config} config
 * @param {import('fastify').FastifyServerOptions} [options]
 */
export function buildApp({ webhookSecret, packagesKey, publicURL, invite, ...api }, options) {
  const app = Fastify(options)
  const stackone = stackoneClient(api)
  const once = onceEach()
  /** The tests that were ordered, by the token in their link; in production, a table. */
  const tests = /** @type {Map<string, { account: string, orderId: string, invitedAt: Date }>} */ (new Map())

  // What StackOne calls. Nothing is parsed before its signature is verified.
  app.register(async (signed) => {
    signed.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    signed.addHook('preHandler', async ({ body, headers }, reply) => {
      if (!Buffer.isBuffer(body) || !isSigned(body, headers['x-stackone-signature'], webhookSecret))
        return reply.code(401).send({ message: 'x-stackone-signature does not match the body' })
    })

    signed.post('/packages', async ({ headers }, reply) => {
      // StackOne doesn't say whether a colon follows the key.
      const expected = [packagesKey, `${packagesKey}:`].map((key) => `Basic ${Buffer.from(key).toString('base64')}`)
      if (!expected.includes(headers.authorization ?? '')) return reply.code(401).send({ message: 'wrong key' })
      // The body has job_id, account_id and provider, in case your offer depends on them.
      return { next: null, data: packages }
    })

    signed.post('/stackone', async (request) => {
      const rawBody = /** @type {Buffer} */ (request.body)
      const event = JSON.parse(rawBody.toString())
      if (event.event !== 'ats_assessments.created') return {}
      if (!event.event_data) {
        // Refused, it would only be sent again.
        request.log.warn({ order: event.record_id }, 'a synthetic event does not name the candidate: look into the ATS')
        return {}
      }
      // A failure is answered with 500, and the event is sent again.
      await once(rawBody, () => prepareTest(event))
      return {}
    })
  })

  /** @param {{ account_id: string, record_id: string, event_data: Parameters<typeof stackone.read>[1] }} event */
  async function prepareTest({ account_id: account, record_id: orderId, event_data: ids }) {
    const { candidate, job } = await stackone.read(account, ids)
    const token = randomUUID()
    tests.set(token, { account, orderId, invitedAt: new Date() })
    const email = candidate?.emails?.[0]?.value ?? ''
    const url = `${publicURL}/tests/${token}`
    await invite({ email, candidate: candidate?.name ?? '', job: job?.title ?? '', url })
  }

  // Stands in for the test itself: the candidate sends the score.
  const schema = { body: { type: 'object', required: ['score'], properties: { score: { type: 'number' } } } }
  app.post('/tests/:token', { schema }, async ({ params, body }, reply) => {
    const { token, score } = /** @type {{ token: string, score: number }} */ (Object.assign({}, params, body))
    const test = tests.get(token)
    if (test === undefined) return reply.code(404).send({ message: 'no such test' })
    await stackone.report(test.account, test.orderId, {
      score: { value: String(score), min: '0', max: '100' },
      result: { value: score < 60 ? Outcome.Failed : Outcome.Passed },
      startDate: test.invitedAt,
      submissionDate: new Date(),
      resultUrl: `${publicURL}/results/${token}`,
    })
    return { reported: test.orderId }
  })
  return app
}
