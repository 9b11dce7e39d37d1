import { connection, counts, deliveries, faults, requests } from '../live'
import { linkTo, route, type View, views, viewTitles } from '../route'
import { isRefused, isWarned, type Tone } from '../words'

interface Count {
  readonly count: number
  /** What is counted, for screen readers and the tooltip. */
  readonly of: string
  readonly tone: Tone
}

function countOf(view: View): Count | null {
  switch (view) {
    case 'orders':
      return { count: counts.value.orders, of: 'orders', tone: 'quiet' }
    case 'requests': {
      const calls = requests.value.filter(({ isPageLoad }) => !isPageLoad)
      const refused = calls.filter(isRefused).length
      return refused > 0
        ? { count: refused, of: refused === 1 ? 'error' : 'errors', tone: 'bad' }
        : { count: calls.filter(isWarned).length, of: 'with warnings', tone: 'busy' }
    }
    case 'deliveries': {
      const isBad = (status: string) => status === 'failed' || status === 'blocked'
      return {
        count: deliveries.value.filter(({ status }) => isBad(status)).length,
        of: 'failed or blocked',
        tone: 'bad',
      }
    }
    case 'faults':
      return { count: faults.value.filter(({ isSpent }) => !isSpent).length, of: 'armed', tone: 'quiet' }
    case 'ats':
    case 'sandbox':
      return null
  }
}

export const Nav = () => (
  <nav aria-label="Views" class={connection.value === 'lost' ? 'stale' : undefined}>
    {views.map((view) => {
      const counted = countOf(view)
      return (
        <a key={view} href={linkTo(view)} aria-current={route.value.view === view ? 'page' : undefined}>
          {viewTitles[view]}
          {counted !== null && counted.count > 0 && (
            <span class={`count ${counted.tone}`} title={`${String(counted.count)} ${counted.of}`}>
              {short(counted.count)}
              <span class="unseen"> {counted.of}</span>
            </span>
          )}
        </a>
      )
    })}
  </nav>
)

const short = (n: number) => (n < 10_000 ? String(n) : `${String(Math.floor(n / 1_000))}k`)
