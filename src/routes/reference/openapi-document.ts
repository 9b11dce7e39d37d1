import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import { ControlErrorSchema } from '../../../schemas/control/error'
import { ErrorSchema } from '../../../schemas/error'
import { CallHeadersSchema, CallWithoutAccountHeadersSchema } from '../../../schemas/headers'
import type { Deps } from '../../deps'
import { errorAnswers } from '../../plugins/error-answers'
import { requestFacts } from '../../plugins/request-facts'
import { requestLog } from '../../plugins/request-log'
import { version } from '../../version'
import { emulatedAccounts, emulatedApi } from '../emulated-api'
import { controlApi } from '../sandbox/control-api'
import { health } from '../sandbox/health'
import { ready } from '../sandbox/ready'
import { describeOperation, type DocumentedOperation } from './describe-operation'
import { fidelityOfAll, fidelityOfTheRest, marked } from './fidelity'

/** The parts of the document that other code reads. */
export interface OpenapiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>
  servers: { url: string; description?: string }[]
  components: object
}

const about = `A stand-in for StackOne's assessments API, to build and test clients against.

Each operation and each answer is labelled with how well it is known that the real service does the same (\`x-fidelity\`). **documented**: StackOne says so. **observed**: the official SDK's source or a public sample shows it. **assumed**: nothing public says. **sandbox**: the real service has nothing like it.

The sandbox explains its answers in two headers that StackOne doesn't send. \`x-sandbox-hint\` comes with every error, and says what to do about it. \`x-sandbox-warning\` comes with a request that was accepted although it looks like a mistake, such as a misspelt property; with \`SANDBOX_STRICT\`, such a request is refused.

Beyond single endpoints:`

const parts = {
  securitySchemes: {
    basic: { type: 'http', scheme: 'basic', description: 'The API key as user name (default: sandbox), no password' },
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: 'The value of SANDBOX_CONTROL_TOKEN, or the token that the sandbox printed at its start',
    },
  },
  schemas: { Error: ErrorSchema, ControlError: ControlErrorSchema },
  headers: {
    Hint: {
      description: 'What to do about the error, in a sentence. StackOne does not send it.',
      schema: { type: 'string' },
      example: 'body/id looks like "order-2041". Nothing is converted: "3" is not 3.',
    },
    Warning: {
      description:
        'Likely mistakes in an accepted request, a sentence each; missing if there are none. StackOne does not send it.',
      schema: { type: 'string' },
      example:
        'body/candidate/firstName is not a property that StackOne knows, and is ignored: did you mean first_name?',
    },
    RetryAfter: { description: 'Seconds to wait before the next try', schema: { type: 'string' }, example: '60' },
  },
} as const

const snapshotPath = '/_sandbox/snapshot'

const documents = new WeakMap<Deps, Promise<OpenapiDocument>>()

/** The document of a sandbox, generated once. */
export function openapiDocument(deps: Deps): Promise<OpenapiDocument> {
  const document = documents.get(deps) ?? generate(deps)
  documents.set(deps, document)
  return document
}

/**
 * Describes the routes of the sandbox from their schemas. They are registered again on a server that never listens, so
 * that a plain start need not load the generator.
 */
async function generate(deps: Deps): Promise<OpenapiDocument> {
  const app = Fastify({ exposeHeadRoutes: false })
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => () => '')
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'StackOne assessments sandbox', version, ...marked(about, fidelityOfTheRest()) },
      servers: [{ url: deps.config.publicUrl ?? '/', description: 'This sandbox' }],
      tags: [
        { name: 'Assessments', ...marked("StackOne's assessments API, as the sandbox emulates it", fidelityOfAll()) },
        { name: 'ATS', description: "StackOne's reads of the applicant-tracking system of an account" },
        { name: 'Accounts', description: "StackOne's linked accounts" },
        {
          name: 'Background checks',
          description: "StackOne's API of background checks. What is said of all operations is at Assessments",
        },
        { name: 'Sandbox', description: 'What a test can do to the sandbox; StackOne has nothing like it' },
      ],
    },
    transform: ({ schema, url, route }) => ({
      schema: {
        ...schema,
        ...(route.config?.operation && {
          headers: route.config.operation.startsWith('accounts.') ? CallWithoutAccountHeadersSchema : CallHeadersSchema,
          'x-operation': route.config.operation,
        }),
      },
      url,
    }),
  })
  // What the routes build on.
  await app.register(requestFacts)
  await app.register(errorAnswers, deps)
  await app.register(requestLog, { deps })
  await app.register(emulatedApi, { deps, prefix: '/unified/ats' })
  await app.register(emulatedAccounts, { deps })
  await app.register(health)
  await app.register(ready, { deps })
  await app.register(controlApi, { deps, prefix: '/_sandbox' })
  await app.ready()

  const document = { ...(app.swagger() as unknown as OpenapiDocument), components: parts }
  for (const [path, methods] of Object.entries(document.paths)) {
    const { get, put } = methods
    // What is loaded is what was taken. Its route has no schema, since the behaviour checks it.
    if (path === snapshotPath && get?.responses['200']?.content && put?.requestBody)
      put.requestBody.content = get.responses['200'].content
    for (const [method, operation] of Object.entries(methods)) describeOperation(path, method, operation)
  }
  return document
}
