import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import type { CandidateTest } from '../../assessments/find-test'

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f4f5f7, #14161a); color: light-dark(#1c2330, #e6e9ef) }
main { box-sizing: border-box; width: min(34rem, 100% - 2rem); margin: 1rem; padding: 2rem; border-radius: 1rem; background: light-dark(#fff, #1d2027); box-shadow: 0 1px 2px #0003, 0 8px 32px #0001; overflow-wrap: anywhere }
h1 { margin: 0 0 1.25rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem; margin: 0 0 1.5rem }
dt { color: light-dark(#596273, #a2abbb) }
dd { margin: 0; font-weight: 600 }
footer { border-top: 1px solid light-dark(#dfe3ea, #343943); padding-top: 1rem; font-size: .875rem; color: light-dark(#596273, #a2abbb) }
`

/** Headers of every page: nothing but its own style may load, and nobody keeps, indexes or frames it. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** The page behind a `test_url`. */
export const testPage = ({ candidateName, packageName, state }: CandidateTest) =>
  page(
    'Your assessment',
    html`<h1>Your assessment</h1>
      <dl>
        <dt>Candidate</dt>
        <dd dir="auto">${candidateName ?? 'not named in the order'}</dd>
        <dt>Assessment</dt>
        <dd dir="auto">${packageName ?? 'not named in the order'}</dd>
        <dt>State</dt>
        <dd>${state}</dd>
      </dl>`,
  )

/** The page of an address that belongs to no order, or of one that can't be shown. */
export const refusalPage = (heading: string, advice: string) => page(heading, html`<h1>${heading}</h1><p>${advice}</p>`)

const page = (title: string, content: string) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>!${style}</style>
      </head>
      <body>
        <main>
          !${content}
          <footer>This is a sandbox: no real candidate, no real provider.</footer>
        </main>
      </body>
    </html>`
