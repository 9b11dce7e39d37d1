import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'

/** Axe's rules whose findings depend on colours: the others find the same in light and dark. */
const onColours = JSON.stringify(['color-contrast', 'link-in-text-block'])

/** Tests that axe finds nothing, and that nothing overflows, on a phone and in two windows, in light and dark. */
export async function passesAxe(t: Test, page: Page, what: string): Promise<void> {
  await page.evaluate(source)
  for (const width of [390, 1024, 1600]) {
    await page.setViewportSize({ width, height: 900 })
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${what} at ${String(width)}`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
        `axe.run({ resultTypes: ['violations']${colorScheme === 'dark' ? `, runOnly: ${onColours}` : ''} })`,
      )
      const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
      t.strictSame(found, [], `${what} at ${String(width)}, ${colorScheme}`)
    }
  }
}
