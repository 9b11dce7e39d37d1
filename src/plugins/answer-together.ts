import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Logger } from 'pino'

/**
 * Sends the answers of a turn of the event loop together, at its end. A client that waits is woken by each write, which
 * takes as long as a quarter of an order: together, the first wakes it for all.
 */
export const answerTogether = fp<{ logger: Logger }>(
  (app: FastifyInstance, { logger }) => {
    let waiting: { reply: FastifyReply; goOn: () => void }[] = []

    function send() {
      const ready = waiting
      waiting = []
      for (const { reply, goOn } of ready) {
        try {
          goOn()
        } catch (error) {
          // A defect, which is not to cost the others their answers.
          logger.error(error, 'defect')
          reply.raw.destroy()
        }
      }
    }

    app.addHook('onSend', (_request, reply, _payload, goOn) => {
      if (waiting.push({ reply, goOn }) === 1) setImmediate(send)
    })
  },
  { name: 'answer-together' },
)
