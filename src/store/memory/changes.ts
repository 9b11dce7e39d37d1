import { EventEmitter } from 'node:events'
import type { Changes } from '../changes'

/** Changes within this process. */
export function localChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0)
  return {
    emit(kind, item) {
      emitter.emit(kind, item)
    },
    isHeard: (kind) => emitter.listenerCount(kind) > 0,
    on(kind, listener) {
      emitter.on(kind, listener)
      return () => {
        emitter.off(kind, listener)
      }
    },
    ready: () => Promise.resolve(),
  }
}
