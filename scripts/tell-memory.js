'use strict'
// Preloaded in a process, so that its parent can ask for its memory usage.

process.on('message', (message) => {
  if (message === 'memory') process.send?.(process.memoryUsage())
})
// The channel must not keep the process running.
process.channel?.unref()
