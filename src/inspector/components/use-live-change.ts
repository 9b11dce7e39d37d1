import { useEffect, useRef } from 'preact/hooks'
import type { Live } from '../../../schemas/control/live'
import { onMessage } from '../live'

/** Calls `act` after live messages of interest: at most once in `ms`, and always after the last one. */
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
