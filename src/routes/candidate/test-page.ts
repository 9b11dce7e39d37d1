import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { type TestForm, TestFormSchema } from '../../../schemas/test-form'
import {
  type CandidateTest,
  chooseOutcome,
  findTest,
  openTest,
  startTest,
  type Submission,
  submitTest,
} from '../../assessments/take-assessment'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { parseQuery } from '../../http/parse-query'
import { answerErrors } from '../../plugins/error-answers'
import { pageHeaders, refusalPage } from './layout'
import { testView } from './views'

/** `GET /tests/{token}` is the page behind a `test_url`; `POST` is a step by the candidate. Neither needs a key. */
export const candidatePages: FastifyPluginCallbackTypebox<{ deps: Deps }> = (app, { deps }, done) => {
  const params = Type.Object({ token: Type.String() })
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, text: string, done) => {
      request.bodyText = text
      done(null, parseQuery(text))
    },
  )

  answerErrors(app, deps.logger, async (refusal, reply, request) => {
    void reply.headers(pageHeaders)
    const { token } = request.params as Partial<Static<typeof params>>
    // After a server error the store may be unavailable, so it is not asked again.
    const test = token === undefined || refusal.statusCode >= 500 ? null : await findTest(deps.store, token)
    if (test === null) return refusalPage(refusal.message, refusal.hint)
    return testView(test, { refusal, form: textsOf(request.body) })
  })

  const opened = { hide: true, summary: 'The test behind a `test_url`; no key needed', params }
  app.get('/tests/:token', { schema: opened }, async (request, reply) => {
    const { token } = request.params
    // Link previews send HEAD, which does not open the test.
    const test = request.method === 'GET' ? await openTest(deps, token) : await findTest(deps.store, token)
    logAbout(request, test)
    return reply.headers(pageHeaders).send(testView(test))
  })

  const step = {
    hide: true,
    summary: 'A step of the candidate: start, submit, or an outcome',
    params,
    body: TestFormSchema,
  }
  app.post('/tests/:token', { schema: step }, async (request, reply) => {
    const { token } = request.params
    logAbout(request, await findTest(deps.store, token))
    await perform(deps, token, request.body, request.id)
    // A redirect, so that a reload does not submit again; relative, so that it works behind a path prefix.
    return reply.headers(pageHeaders).redirect(encodeURIComponent(token), 303)
  })
  done()
}

/** Adds the account and the order to the log line. Throws `unknownTest`. */
function logAbout(request: FastifyRequest, test: CandidateTest | null): asserts test {
  if (test === null) throw errors.unknownTest()
  request.accountId = test.accountId
  request.orderId = test.orderId
}

async function perform(deps: Deps, token: string, form: TestForm, requestId: string): Promise<void> {
  switch (form.step) {
    case 'start':
      return startTest(deps, token)
    case 'submit':
      return submitTest(deps, token, submissionIn(form), requestId)
    case 'outcome': {
      const { outcome, score = '', summary = '' } = form
      if (outcome === undefined) throw errors.invalidBody(['body/outcome is required'])
      if (!/^(\d{1,2}(\.\d{1,9})?|100)?$/.test(score)) throw errors.scoreOutOfRange()
      const details = { ...(score && { score }), ...(summary && { summary }) }
      return chooseOutcome(deps, token, outcome, details, requestId)
    }
  }
}

/** The texts of a refused body, to show again. The body may be anything. */
const textsOf = (body: unknown): Partial<TestForm> =>
  Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === 'string'))

const submissionIn = (form: TestForm): Submission => ({
  answerTo: (question) => chosen(form[`q${String(question + 1)}`]),
  hasConsented: form.consent !== undefined && form.consent !== '',
})

const chosen = (value: string | undefined) => (value !== undefined && /^\d$/.test(value) ? Number(value) : undefined)
