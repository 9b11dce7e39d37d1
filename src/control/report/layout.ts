import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import { pageHeadersFor } from '../../http/page-headers'
import { filterScript } from './filter-script'

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --text: light-dark(#1c2330, #e6e9ef); --quiet: light-dark(#475062, #a6afbf); --line: light-dark(#dce1e9, #363c48); --edge: light-dark(#828b9c, #727b8b); --accent: light-dark(#2746b3, #9db4ff); --bad: light-dark(#a8202e, #ff9aa2); --good: light-dark(#17663a, #7fdca4); --amber: light-dark(#7a4a00, #ffc46b); --on-amber: light-dark(#fff5df, #33270f); --raised: light-dark(#fff, #1d2027) }
body { margin: 0; background: light-dark(#f3f4f8, #131519); color: var(--text) }
main { box-sizing: border-box; width: min(64rem, 100% - 2rem); margin: 1.5rem auto; overflow-wrap: anywhere }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 2rem 0 .75rem; font-size: 1.15rem }
h3 { margin: 0; font: 600 1rem/1.4 ui-monospace, monospace }
p { margin: .5rem 0 }
.quiet { color: var(--quiet) }
dl { margin: 0 }
.summary { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.5rem }
.summary dd { font-weight: 600 }
dt { color: var(--quiet) }
dd { margin: 0 }
.facts { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; margin-top: .25rem; font-size: .9rem }
.facts div { display: flex; gap: .4rem }
#filter:not([hidden]) { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1.25rem; margin-bottom: 1rem }
#filter output { color: var(--quiet) }
.field { display: grid; gap: .2rem; font-size: .9rem }
input:not([type=checkbox]), select { box-sizing: border-box; min-height: 2.25rem; max-width: 100%; padding: .3rem .6rem; font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--edge); border-radius: .4rem }
input[type=checkbox] { accent-color: var(--accent) }
ol { margin: 0; padding: 0; list-style: none }
ol > li { padding: .75rem 1rem; margin-bottom: .6rem; border-left: .3rem solid var(--line); border-radius: .4rem; background: var(--raised) }
ol > .warned { border-color: var(--amber) }
ol > .refused { border-color: var(--bad) }
.status { color: var(--good) }
.refused .status, .message { color: var(--bad) }
.warning { padding: .35rem .6rem; border-radius: .3rem; color: var(--amber); background: var(--on-amber) }
details { margin-top: .4rem }
summary { width: fit-content; cursor: pointer; color: var(--accent) }
pre { margin: .4rem 0; padding: .6rem .75rem; font: .85rem/1.45 ui-monospace, monospace; white-space: pre-wrap; border: 1px solid var(--line); border-radius: .4rem }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
@media print { :root { color-scheme: light } body { background: none } main { width: auto; margin: 0 } ol > li { border: 1px solid var(--line); break-inside: avoid-page } #filter:not([hidden]), details:not([open]) { display: none } }
`

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** In the page, since it's opened from disk too: it loads nothing, and runs only its own script. */
const policy = `default-src 'none'; script-src ${hash(filterScript)}; style-src ${hash(style)}; form-action 'none'`

export const reportHeaders = pageHeadersFor(policy)

/** The page up to the first request; `summary` is HTML. */
export const reportHead = (title: string, summary: string): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="${policy}; base-uri 'none'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>!${style}</style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          !${summary}
          <h2>Requests</h2>
          <div id="filter" role="search" hidden>
            <label class="field">Text <input id="text" type="search" /></label>
            <label class="field">Account <select id="account"><option>All</option></select></label>
            <label><input id="refused" type="checkbox" /> Refused</label>
            <label><input id="warned" type="checkbox" /> With warnings</label>
            <output id="shown"></output>
          </div>
          <ol id="requests">
`

/** The page after the last request. */
export const reportFoot = html`</ol>
        </main>
        <script>!${filterScript}</script>
      </body>
    </html>
`
