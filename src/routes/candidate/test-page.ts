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
  submitTest,
} from '../../assessments/take-assessment'
import type { Deps } from '../../deps'
import { errors } from '../../errors'
import { parseQuery } from '../../http/parse-query'
import { answerErrors } from '../../plugins/error-answers'
import { pageHeaders, refusalPage } from './layout'
import { testView } from './views'

/** `GET /tests/{token}` is the test that a `test_url` opens; `POST` is a step of the candidate. No key is asked for. */
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
    // After a defect, or while the store is away, it is not asked once more.
    const test = token === undefined || refusal.statusCode >= 500 ? null : await findTest(deps.store, token)
    if (test === null) return refusalPage(refusal.message, refusal.hint)
    return testView(test, { refusal, form: textsOf(request.body) })
  })

  app.get('/tests/:token', { schema: { hide: true, params } }, async (request, reply) => {
    const { token } = request.params
    // A link preview may ask for the head alone: that is nobody who opens the test.
    const test = request.method === 'GET' ? await openTest(deps, token) : await findTest(deps.store, token)
    logAbout(request, test)
    return reply.headers(pageHeaders).send(testView(test))
  })

  app.post('/tests/:token', { schema: { hide: true, params, body: TestFormSchema } }, async (request, reply) => {
    const { token } = request.params
    logAbout(request, await findTest(deps.store, token))
    await take(deps, token, request.body, request.id)
    // Reloading the page that follows sends nothing again. Relative, since a proxy may have put a path before it.
    return reply.headers(pageHeaders).redirect(encodeURIComponent(token), 303)
  })
  done()
}

/** Puts into the log line whose test it was. Throws `unknownTest`. */
function logAbout(request: FastifyRequest, test: CandidateTest | null): asserts test {
  if (test === null) throw errors.unknownTest()
  request.accountId = test.accountId
  request.orderId = test.orderId
}

async function take(deps: Deps, token: string, form: TestForm, requestId: string): Promise<void> {
  switch (form.step) {
    case 'start':
      return startTest(deps, token)
    case 'submit':
      return submitTest(deps, token, (question) => chosen(form[`q${String(question + 1)}`]), requestId)
    case 'outcome': {
      const { outcome, score = '', summary = '' } = form
      if (outcome === undefined) throw errors.invalidBody(['body/outcome must be given'])
      if (!/^(\d{1,2}(\.\d{1,9})?|100)?$/.test(score)) throw errors.scoreOutOfRange()
      const details = { ...(score && { score }), ...(summary && { summary }) }
      return chooseOutcome(deps, token, outcome, details, requestId)
    }
  }
}

/** What can be shown again of a body that may be no form at all. */
const textsOf = (body: unknown): Partial<TestForm> =>
  Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === 'string'))

const chosen = (value: string | undefined) => (value !== undefined && /^\d$/.test(value) ? Number(value) : undefined)
