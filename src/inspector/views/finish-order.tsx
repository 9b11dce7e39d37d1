import { useState } from 'preact/hooks'
import type { ControlOrder, OutcomeToSet } from '../../../schemas/control/orders'
import { Call } from '../components/call'
import { Choice, Field, numberOf, TextInput } from '../components/field'
import { Headed } from '../components/headed'
import { isOver, stateInWords } from '../words'

type Outcome = NonNullable<OutcomeToSet['result']>

const outcomes = (['passed', 'failed', 'completed', 'cancelled', 'expired'] satisfies Outcome[]).map(
  (outcome: Outcome) => [outcome, outcome] as const,
)

/** Finishes the test instead of the candidate. */
export function FinishOrder({ order }: { order: ControlOrder }) {
  const [result, setResult] = useState<Outcome>('passed')
  const [score, setScore] = useState('')
  const [summary, setSummary] = useState('')
  const body: OutcomeToSet = {
    result,
    ...(numberOf(score) !== undefined && { score: Number(score) }),
    ...(summary !== '' && { summary }),
  }
  if (isOver(order)) {
    return (
      <p class="quiet" role="status">
        Test finished: {stateInWords(order.state)}.
      </p>
    )
  }
  return (
    <Headed title="Finish the test">
      <div class="fields">
        <Field label="Result">
          <Choice value={result} set={setResult} options={outcomes} />
        </Field>
        <Field label="Score" note="0–100, optional">
          <TextInput type="number" min={0} max={100} value={score} set={setScore} />
        </Field>
        <Field label="Summary" note="optional">
          <TextInput value={summary} set={setSummary} />
        </Field>
      </div>
      <Call
        method="POST"
        path={`orders/${encodeURIComponent(order.id)}/complete`}
        query={{ account: order.account }}
        body={body}
        label="Finish"
        look="main"
        said="Finished."
      />
    </Headed>
  )
}
