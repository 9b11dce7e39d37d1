import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterRealTime } from '../../real-time'

/** Average delay of the event loop in milliseconds over a second, above which other replicas should be used. */
export const mostLag = 250

/** Milliseconds between two samples, and over which they are averaged. */
const resolution = 10
const span = 1_000

/** Measures how late the event loop of this process is, until `close`. */
export function watchEventLoop() {
  const delays = monitorEventLoopDelay({ resolution })
  let callOff: () => void
  let lag = 0
  function measure() {
    callOff = afterRealTime(span, () => {
      // In nanoseconds, with the resolution for a sample that came in time.
      lag = delays.mean / 1e6 - resolution
      delays.reset()
      measure()
    })
  }
  delays.enable()
  measure()
  return {
    // Without a sample, the mean is NaN: nothing else ran.
    isLate: () => !(lag <= mostLag),
    close() {
      callOff()
      delays.disable()
    },
  }
}
