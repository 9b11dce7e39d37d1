import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { ClockSchema, TimeToPassSchema, TimeToSetSchema } from '../../../schemas/control/clock'
import type { Control } from '../../control/control'
import { described } from './route-schema'

/** `/_sandbox/clock`: the sandbox's time. */
export const clockRoutes: FastifyPluginCallbackTypebox<{ control: Control }> = (api, { control }, done) => {
  const response = { 200: ClockSchema }
  api.get('/clock', { schema: described('Read the clock', { response }) }, () => control.readClock())
  api.post('/clock/freeze', { schema: described('Stop the clock', { response }) }, () => control.freezeClock())
  api.post('/clock/resume', { schema: described('Let the clock run on', { response }) }, () => control.resumeClock())
  api.post('/clock/set', { schema: described('Set the clock', { body: TimeToSetSchema, response }) }, ({ body }) =>
    control.setClock(body.now),
  )
  api.post(
    '/clock/advance',
    { schema: described('Advance the clock, and run all that falls due', { body: TimeToPassSchema, response }) },
    ({ body }) => control.advanceClock(body.ms),
  )
  done()
}
