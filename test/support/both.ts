import t, { type Test } from 'tap'
import type { Parts } from '../../src/compose/deps'
import { connectSandbox, type SandboxControl, type SandboxOptions } from '../../src/index'
import { sandboxFor } from './sandbox'

/** A sandbox and its control: the in-process handle, or the HTTP client. */
export interface Controlled {
  url: string
  control: SandboxControl
}

/**
 * Runs `story` twice: with the handle of `startSandbox` and with `connectSandbox`, each time on a separate sandbox made
 * from `options` and `parts`.
 */
export function bothWays(
  title: string,
  story: (t: Test, controlled: Controlled) => Promise<void>,
  options: SandboxOptions = {},
  parts: () => Parts = () => ({}),
): void {
  t.test(`${title} (in process)`, async (t) => {
    const sandbox = await sandboxFor(t, options, parts())
    await story(t, { url: sandbox.url, control: sandbox })
  })
  t.test(`${title} (over HTTP)`, async (t) => {
    const { url } = await sandboxFor(t, options, parts())
    await story(t, { url, control: connectSandbox(url, { token: options.controlToken }) })
  })
}
