import { useEffect, useRef } from 'preact/hooks'
import type { Live } from '../../../schemas/control/live'
import { onMessage } from '../live'

/** Calls `act` when a live message is of interest, at most every `ms`, the last time after the last message. */
export function useLiveChange(isOfInterest: (message: Live) => boolean, act: () => void, ms = 300): void {
  const current = useRef({ isOfInterest, act })
  current.current = { isOfInterest, act }
  useEffect(() => {
    let timer: number | undefined
    const stop = onMessage((message) => {
      if (timer !== undefined || !current.current.isOfInterest(message)) return
      timer = setTimeout(() => {
        timer = undefined
        current.current.act()
      }, ms)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [ms])
}
