import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

/**
 * Sends the answers of a turn of the event loop together, at its end. A client that waits is woken by each write, which
 * takes as long as a quarter of an order: together, the first wakes it for all.
 */
export const answerTogether = fp(
  (app: FastifyInstance) => {
    let waiting: (() => void)[] = []
    function send() {
      const ready = waiting
      waiting = []
      for (const goOn of ready) goOn()
    }
    app.addHook('onSend', (_request, _reply, _payload, done) => {
      if (waiting.push(done) === 1) setImmediate(send)
    })
  },
  { name: 'answer-together' },
)
