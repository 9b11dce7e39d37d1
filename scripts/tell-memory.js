'use strict'
// Required by a process before all else, so that who started it can ask for its memory.

process.on('message', (message) => {
  if (message === 'memory') process.send?.(process.memoryUsage())
})
// It is not what keeps the process running.
process.channel?.unref()
