'use strict'

// Preloaded by the tests. So that an error that gets out of a test is put down to it, tap follows each promise and each
// callback from where it began, which takes up to a sixth of the time of a test. Here it is put down to the test that
// began last of those that have not ended.

const { executionAsyncResource } = require('node:async_hooks')
const { createRequire, Module } = require('node:module')

const core = createRequire(require.resolve('tap')).resolve('@tapjs/core')
const replaced = createRequire(core).resolve('async-hook-domain')

/** The one that began last is the last. @type {Domain[]} */
let living = []

class Domain {
  /** @param {(error: unknown, origin: string) => void} onerror */
  constructor(onerror) {
    this.onerror = onerror
    if (living.length === 0) process.on('uncaughtException', pass)
    living.unshift(this)

    // What tap makes it in is what it runs the test in.
    const resource = /** @type {import('node:async_hooks').AsyncResource} */ (executionAsyncResource())
    const run = resource.runInAsyncScope
    resource.runInAsyncScope = (...args) => {
      if (living.includes(this)) living = [...living.filter((domain) => domain !== this), this]
      return Reflect.apply(run, resource, args)
    }
  }

  destroy() {
    living = living.filter((domain) => domain !== this)
    if (living.length === 0) process.off('uncaughtException', pass)
  }
}

/** @param {unknown} error @param {string} origin */
function pass(error, origin) {
  // A test that listens itself expects an error.
  if (process.listenerCount('uncaughtException') === 1) living.at(-1)?.onerror(error, origin)
}

require.cache[replaced] = Object.assign(new Module(replaced), { loaded: true, exports: { Domain } })
