import { breatheInTime } from '../../breathe'
import { isoTime } from '../../date-time'
import type { Deps } from '../../deps'
import type { Recorded } from '../../store/records'
import { showRequest } from '../requests'
import { entryView } from './entry'
import { factsOf } from './facts'
import { reportFoot, reportHead } from './layout'
import { summaryView } from './summary'

export type ReportDeps = Pick<Deps, 'clock' | 'store' | 'deliveries' | 'journal'>

/** The journal as one HTML page, oldest request first, in pieces: it may be as large as the journal. */
export async function reportText(deps: ReportDeps, account: string | null): Promise<AsyncIterable<string>> {
  // All of it first, so that an unavailable store is reported before anything is written.
  const requests = (await deps.journal.list(account)).reverse()
  const summary = summaryView(await factsOf(deps, account, requests), isoTime(deps.clock.now()))
  return piecesOf(summary, requests)
}

async function* piecesOf(summary: string, requests: readonly Recorded[]) {
  yield reportHead('Sandbox report', summary)
  for (const request of requests) {
    await breatheInTime()
    yield entryView(showRequest(request))
  }
  yield reportFoot
}

/** The same as one text. */
export async function wholeReport(deps: ReportDeps, account: string | null): Promise<string> {
  const pieces: string[] = []
  for await (const piece of await reportText(deps, account)) pieces.push(piece)
  return pieces.join('')
}
