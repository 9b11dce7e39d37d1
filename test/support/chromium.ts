import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { writeKept } from './failures'

/** The first file of `candidates` that exists. */
export const firstOf = (...candidates: (string | undefined)[]) =>
  candidates.find((path) => path !== undefined && existsSync(path))

/** Whether to show the browser. */
const isHeaded = process.env['HEADED'] !== undefined

const executablePath = firstOf(
  process.env['CHROMIUM'],
  // Starts in half the time, but has no window.
  isHeaded ? undefined : '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
)

/** For tap's option `skip`: why tests in a browser are skipped, or false. */
export const leftOut = (path: string | undefined) =>
  path === undefined && 'Chromium is not installed (apt-get install chromium)'

export const skip = leftOut(executablePath)

let browser: Promise<Browser> | undefined

/** A page of a real browser, and what happened in it. */
export interface Watched {
  page: Page
  /** The address of every request. */
  requested: string[]
  /** Dialogs, script errors and console messages. */
  complaints: string[]
}

/** A page in a separate browser context, which is closed at the end of `t`. */
export async function pageFor(t: Test, options: BrowserContextOptions = {}): Promise<Watched> {
  // Only this machine is reachable, whatever a page or the browser itself tries to load.
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
    // Error pages are expected.
    if (!message.text().startsWith('Failed to load resource: the server responded with a status of 4'))
      complaints.push(message.text())
  })
  return { page, requested, complaints }
}

/** Closes the browser, if one was started. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
}
