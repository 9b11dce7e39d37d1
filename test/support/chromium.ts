import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { writeKept } from './failures'

/** The first file of `candidates` that is there. */
export const firstOf = (...candidates: (string | undefined)[]) =>
  candidates.find((path) => path !== undefined && existsSync(path))

/** Whether the browser is to be seen. */
const isHeaded = process.env['HEADED'] !== undefined

const executablePath = firstOf(
  process.env['CHROMIUM'],
  // Has no window, and starts in half the time.
  isHeaded ? undefined : '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
)

/** Why tests in a browser are left out, in the words of the option `skip`; false when they are not. */
export const leftOut = (path: string | undefined) =>
  path === undefined && 'Chromium is not installed (apt-get install chromium)'

export const skip = leftOut(executablePath)

let browser: Promise<Browser> | undefined

/** A page of a real browser, with all that went on in it. */
export interface Watched {
  page: Page
  /** The address of every request. */
  requested: string[]
  /** Dialogs, errors of scripts, and what the browser complains about on its console. */
  complaints: string[]
}

/** A page of a browser window of its own, which is closed at the end of `t`. */
export async function pageFor(t: Test, options: BrowserContextOptions = {}): Promise<Watched> {
  // Nothing but this machine can be called, whatever a page or the browser itself would like to load.
  browser ??= chromium.launch({
    executablePath: executablePath ?? '',
    headless: !isHeaded,
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  })
  const context = await (await browser).newContext(options)
  t.teardown(() => context.close())
  context.setDefaultTimeout(45_000)
  const page = await context.newPage()
  t.teardown(async () => {
    if (!t.passing()) writeKept(t, 'png', await page.screenshot({ fullPage: true }))
  })
  const requested: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requested.push(request.url()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    // A page with a status such as 404 is nothing to complain of here.
    if (!message.text().startsWith('Failed to load resource: the server responded with a status of 4'))
      complaints.push(message.text())
  })
  return { page, requested, complaints }
}

/** Ends the browser, if there is one. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
}
