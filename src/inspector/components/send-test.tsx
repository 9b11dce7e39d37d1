import { useState } from 'preact/hooks'
import type { ControlOrder } from '../../../schemas/control/orders'
import { orderKinds, type OrderKind } from '../../../schemas/order-kinds'
import type { Application } from '../ats-records'
import { Call } from './call'
import { PackageChoice } from './package-choice'

const kinds: Readonly<Record<OrderKind, string>> = {
  assessment: 'Assessment',
  background_check: 'Background check',
}

/** Orders a package for an application, as a recruiter does. */
export function SendTest({
  of,
  application: { id, job_id: jobId = null },
  done,
}: {
  of: string
  application: Application
  done: (order: ControlOrder) => void
}) {
  const [kind, setKind] = useState<OrderKind>('assessment')
  const [packageId, setPackageId] = useState('')
  return (
    <section class="send-test" aria-label="Send test">
      <div class="switch" role="group" aria-label="Kind">
        {orderKinds.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === kind}
            onClick={() => {
              setKind(each)
              setPackageId('')
            }}
          >
            {kinds[each]}
          </button>
        ))}
      </div>
      <PackageChoice account={of} kind={kind} jobId={jobId} value={packageId} set={setPackageId} />
      {packageId === '' ? (
        <p class="quiet">Choose a package to order it.</p>
      ) : (
        <Call<ControlOrder>
          method="POST"
          path="orders"
          query={{ account: of, ...(kind !== 'assessment' && { kind }) }}
          body={{ application: { id }, package: { id: packageId } }}
          label="Order"
          of={`${kinds[kind].toLowerCase()} ${packageId}`}
          look="main"
          said="Ordered."
          done={done}
          isFolded
        />
      )}
    </section>
  )
}
