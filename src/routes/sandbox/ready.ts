import type { FastifyPluginCallback } from 'fastify'
import { NotReadySchema, ReadySchema } from '../../../schemas/health'
import type { Deps } from '../../deps'
import { SandboxError } from '../../errors'
import { refuse } from '../../plugins/error-answers'
import { mostLag, watchEventLoop } from './event-loop'
import { described } from './route-schema'

/** `GET /_sandbox/health/ready`: whether this replica should get calls. Needs neither an API key nor a token. */
export const ready: FastifyPluginCallback<{ deps: Deps }> = (app, { deps }, done) => {
  let watch: ReturnType<typeof watchEventLoop> | undefined
  app.addHook('onClose', (_app, done) => {
    watch?.close()
    done()
  })

  /** Why calls should go elsewhere; null if it is ready. */
  async function whyNot(): Promise<SandboxError | null> {
    const reason = await deps.whyNotReady()
    if (reason !== null) return notReady(reason, 'Fix what the reason names. The sandbox then recovers by itself.')
    // Only from then on: most runs never ask.
    watch ??= watchEventLoop()
    if (!watch.isLate()) return null
    const late = `the event loop lags by over ${String(mostLag)} ms: the process is overloaded`
    return notReady(late, 'Call another replica, start more of them, or give this one more CPU.')
  }

  const schema = described('Check whether the sandbox can serve calls', {
    response: { 200: ReadySchema, 503: NotReadySchema },
  })
  app.get('/_sandbox/health/ready', { schema }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const refusal = await whyNot()
    if (refusal === null) return { status: 'ready' as const }
    return refuse(refusal, reply, request, ({ message: reason, hint }) =>
      reply.header('x-sandbox-hint', hint).send({ status: 'not ready', reason, hint }),
    )
  })
  done()
}

/** Also used by the log. Not in the catalogue, since the emulated API never answers this. */
const notReady = (reason: string, hint: string) =>
  new SandboxError(503, 'ServiceUnavailableError', reason, hint, reason)
