import t, { type Test } from 'tap'
import type { Parts } from '../../src/compose/deps'
import { connectSandbox, type SandboxControl, type SandboxOptions } from '../../src/index'
import { sandboxFor } from './sandbox'

/** A sandbox, and its control: the handle in this process, or the client that calls it over HTTP. */
export interface Controlled {
  url: string
  control: SandboxControl
}

/**
 * Tells a story twice: with the handle that `startSandbox` returns, and with `connectSandbox`. `options` and `parts` are
 * those of the sandbox, which each of them has for itself.
 */
export function bothWays(
  title: string,
  story: (t: Test, controlled: Controlled) => Promise<void>,
  options: SandboxOptions = {},
  parts: () => Parts = () => ({}),
): void {
  t.test(`${title} (in the process)`, async (t) => {
    const sandbox = await sandboxFor(t, options, parts())
    await story(t, { url: sandbox.url, control: sandbox })
  })
  t.test(`${title} (over HTTP)`, async (t) => {
    const { url } = await sandboxFor(t, options, parts())
    await story(t, { url, control: connectSandbox(url, { token: options.controlToken }) })
  })
}
