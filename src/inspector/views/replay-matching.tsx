import { useRef, useState } from 'preact/hooks'
import type { DeliverySearch, Replayed } from '../../../schemas/control/deliveries'
import { Call } from '../components/call'
import { filterQueries } from '../filter-query'
import { account } from '../route'
import { wholeMoment } from '../time'
import { timeQuery } from '../time-query'
import { counted, eventInWords } from '../words'

/** Replays all deliveries that the filter matches, after a confirmation. */
export function ReplayMatching({ total }: { total: number }) {
  const dialog = useRef<HTMLDialogElement>(null)
  // A relative time moves on, but what is asked about stays.
  const [question, setQuestion] = useState<Question | null>(null)
  const [replayed, setReplayed] = useState<number | null>(null)
  return (
    <>
      <button
        type="button"
        class="small"
        onClick={() => {
          setReplayed(null)
          setQuestion({ of: account.value, total, filter: { ...filterQueries.deliveries(), ...timeQuery() } })
          dialog.current?.showModal()
        }}
      >
        Replay all {total.toLocaleString('en-GB')}…
      </button>
      <dialog ref={dialog} aria-labelledby="replay-question">
        {question && (
          <>
            <h2 id="replay-question">Replay {counted(question.total, 'delivery', 'deliveries')}?</h2>
            <p>
              {inWords(question)} Each is sent again, oldest first, with another five attempts. Those without a receiver
              are left out.
            </p>
            <Call<Replayed>
              key={JSON.stringify(question)}
              method="POST"
              path="deliveries/replay"
              query={{ account: question.of }}
              body={{ filter: question.filter }}
              label="Replay all"
              look="main"
              said=""
              done={(answer) => {
                setReplayed(answer.replayed)
              }}
            />
          </>
        )}
        <p role="status" class="said">
          {replayed !== null && `${counted(replayed, 'delivery', 'deliveries')} queued again.`}
        </p>
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {replayed === null ? 'Cancel' : 'Close'}
          </button>
        </div>
      </dialog>
    </>
  )
}

interface Question {
  /** The account; empty for all. */
  of: string
  total: number
  filter: DeliverySearch
}

function inWords({ of, filter }: Question): string {
  const { status, event, search, after, before } = filter
  const chosen = [
    of && `account ${of}`,
    status,
    event && eventInWords(event),
    search && `“${search}”`,
    after && `from ${wholeMoment(Date.parse(after))}`,
    before && `before ${wholeMoment(Date.parse(before))}`,
  ].filter(Boolean)
  return chosen.length > 0 ? `All that match: ${chosen.join(', ')}.` : 'All deliveries of all accounts.'
}
