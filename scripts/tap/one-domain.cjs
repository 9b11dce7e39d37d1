'use strict'

// Preloaded by the tests. To attribute an uncaught error to its test, tap tracks every promise and callback, which
// takes up to a sixth of a test's time. This attributes it to the unfinished test that began last.

const { executionAsyncResource } = require('node:async_hooks')
const { createRequire, Module } = require('node:module')

const core = createRequire(require.resolve('tap')).resolve('@tapjs/core')
const replaced = createRequire(core).resolve('async-hook-domain')

/** The most recent is the last. @type {Domain[]} */
let living = []

class Domain {
  /** @param {(error: unknown, origin: string) => void} onerror */
  constructor(onerror) {
    this.onerror = onerror
    if (living.length === 0) process.on('uncaughtException', pass)
    living.unshift(this)

    // Tap creates the domain in the same resource in which it runs the test.
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
  // A test with its own listener expects an error.
  if (process.listenerCount('uncaughtException') === 1) living.at(-1)?.onerror(error, origin)
}

require.cache[replaced] = Object.assign(new Module(replaced), { loaded: true, exports: { Domain } })
