import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import { pageHeadersFor } from '../../http/page-headers'

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; --text: light-dark(#1c2330, #e6e9ef); --quiet: light-dark(#475062, #a6afbf); --line: light-dark(#dce1e9, #363c48); --edge: light-dark(#828b9c, #727b8b); --accent: light-dark(#2746b3, #9db4ff); --on-accent: light-dark(#fff, #10172c); --bad: light-dark(#a8202e, #ff9aa2); --good: light-dark(#17663a, #7fdca4); --raised: light-dark(#fff, #1d2027) }
body { margin: 0; min-height: 100vh; display: grid; align-content: center; justify-items: center; background: light-dark(#f3f4f8, #131519); color: var(--text) }
main { box-sizing: border-box; width: min(38rem, 100% - 2rem); margin: 1.5rem 1rem; overflow-wrap: anywhere }
.card, .sandbox { padding: clamp(1.25rem, 5vw, 2.25rem); border-radius: 1rem; background: var(--raised); box-shadow: 0 1px 2px #0002, 0 8px 32px #0001 }
h1, dd, .verdict { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4 }
h1 { margin: 0 0 .5rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance }
h2 { margin: 0 0 .75rem; font-size: 1.125rem }
p { margin: 0 0 1rem }
.card > :last-child { margin-bottom: 0 }
.quiet { color: var(--quiet) }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .4rem 1.5rem; margin: 1rem 0 1.5rem }
dt { color: var(--quiet) }
dd { margin: 0; font-weight: 600 }
.steps { display: flex; gap: .25rem; margin: 0 0 1.75rem; padding: 0; list-style: none; font-size: .875rem; color: var(--quiet) }
.steps li { flex: 1; padding-top: .5rem; border-top: .25rem solid var(--line) }
.steps .done { border-color: var(--accent) }
.steps [aria-current] { color: var(--text); font-weight: 600 }
fieldset { margin: 0 0 1.75rem; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600 }
.choice { display: flex; gap: .75rem; align-items: baseline; padding: .6rem .85rem; margin-bottom: .4rem; border: 1px solid var(--line); border-radius: .6rem; cursor: pointer }
.choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
input:is([type=radio], [type=checkbox]) { accent-color: var(--accent); flex: none }
label.field { display: block; margin-bottom: 1rem; font-weight: 600 }
label.field small { font-weight: 400; color: var(--quiet) }
select, input:not([type=radio], [type=checkbox]), textarea { box-sizing: border-box; display: block; width: 100%; min-height: 2.75rem; margin-top: .3rem; padding: .55rem .7rem; font: inherit; font-weight: 400; color: inherit; background: light-dark(#fff, #14161a); border: 1px solid var(--edge); border-radius: .5rem }
button { padding: .65rem 1.5rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .6rem; cursor: pointer }
.sandbox button { color: var(--accent); background: none }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.notice { padding: .75rem 1rem; margin: 0 0 1.5rem; border-left: .3rem solid var(--bad); background: light-dark(#fdf0f1, #2c1b1e); border-radius: .4rem }
.notice p { margin: 0 }
.verdict { margin-bottom: .5rem; font-size: 1.25rem }
.passed { color: var(--good) }
.failed, .expired { color: var(--bad) }
.summary { overflow: hidden; white-space: pre-line }
.sandbox { margin-top: 1.5rem; border: 2px dashed var(--edge); background: none; box-shadow: none }
.row { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); column-gap: 1rem }
a { color: var(--accent) }
footer { margin-top: 1.25rem; text-align: center; text-wrap: balance; font-size: .875rem; color: var(--quiet) }
`

/** The headers of every page: it loads only its own style, and posts only to itself. */
export const pageHeaders = pageHeadersFor(
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'`,
)

/** A complete page; `content` is HTML, and so is what `footer` adds to the end. */
export const page = (title: string, content: string, footer = ''): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>!${style}</style>
      </head>
      <body>
        <main>
          !${content}
          <footer>This is a sandbox: no real candidate, no real provider. !${footer}</footer>
        </main>
      </body>
    </html>`

/** The page for a `test_url` that is unknown or cannot be shown. */
export const refusalPage = (heading: string, advice: string): string =>
  page(
    heading,
    html`<div class="card">
      <h1>${heading}</h1>
      <p>${advice}</p>
    </div>`,
  )
