import { useState } from 'preact/hooks'
import type { ControlPackagesEndpoint, PackageList, PackagesReport } from '../../../schemas/control/packages'
import { kindInWords, type OrderKind } from '../../../schemas/order-kinds'
import { call, read } from '../api'
import { listLink } from '../route'
import { PackageOptions } from './package-options'
import { PackagesEndpointForm } from './packages-endpoint-form'
import { PackagesReportView } from './packages-report'
import { Problem } from './problem'
import { useRead } from './use-read'

interface ChoiceProps {
  account: string
  kind: OrderKind
  /** The job that the package is for, as the packages endpoint is told; null if there is none. */
  jobId: string | null
  /** The id of the chosen package; empty if none is chosen. */
  value: string
  set: (id: string) => void
}

/**
 * The packages that a recruiter can order: those that the provider's packages endpoint answers when it is asked now, or
 * those of the sandbox.
 */
export function PackageChoice(props: ChoiceProps) {
  const { account, kind } = props
  const { value, error, again } = useRead(account, () =>
    read<ControlPackagesEndpoint>('packages/endpoint', { account }),
  )
  if (error) return <Problem error={error} />
  if (value === null) return <p class="quiet">Loading…</p>
  if (kind === 'assessment' && value.isAsked) return <AskedPackages {...props} endpoint={value} changed={again} />
  return (
    <>
      {kind === 'assessment' && <NotAsked account={account} endpoint={value} changed={again} />}
      <OwnPackages key={kind} {...props} />
    </>
  )
}

/** Asks the packages endpoint, and shows what it answered. */
function AskedPackages({
  account,
  jobId,
  value: chosen,
  set,
  endpoint,
  changed,
}: ChoiceProps & { endpoint: ControlPackagesEndpoint; changed: () => void }) {
  const [asked, setAsked] = useState(1)
  const url = endpoint.url ?? ''
  const body = jobId === null ? {} : { job_id: jobId }
  const { value, error } = useRead(JSON.stringify([account, jobId, url, asked]), () =>
    call<PackagesReport>('POST', 'packages/fetch', { account }, body),
  )
  const askAgain = () => {
    set('')
    setAsked(asked + 1)
  }
  return (
    <div class="packages">
      <div class="buttons">
        <p role="status" class="broken">
          {value === null && error === null ? 'Asking' : 'Asked'} <span class="quiet">{url}</span>
          {value === null && error === null && '…'}
        </p>
        <button type="button" class="small" onClick={askAgain}>
          Ask again
        </button>
        <a href={listLink('deliveries', { account, event: 'packages_request' })}>All requests</a>
      </div>
      {error && <Problem error={error} />}
      {value && (
        <>
          <PackagesReportView report={value} url={url} account={account} body={body} />
          {value.packages.length > 0 && <PackageOptions packages={value.packages} value={chosen} set={set} />}
        </>
      )}
      <PackagesEndpointForm
        account={account}
        title="Change the packages endpoint"
        isSet
        changed={() => {
          changed()
          askAgain()
        }}
      />
    </div>
  )
}

/** Why no endpoint is asked, and how to change that. */
const NotAsked = ({
  account,
  endpoint: { url },
  changed,
}: {
  account: string
  endpoint: ControlPackagesEndpoint
  changed: () => void
}) =>
  url === null ? (
    <div class="packages">
      <p class="quiet">
        No packages endpoint is set for {account}, so these are the packages of the sandbox. A provider’s own packages
        come from its endpoint.
      </p>
      <PackagesEndpointForm account={account} title="Set the packages endpoint" changed={changed} />
    </div>
  ) : (
    <p class="quiet">
      The packages endpoint isn’t asked: in the ATS of {account}, recruiters make the packages themselves. These are the
      packages of the sandbox.
    </p>
  )

function OwnPackages({ account, kind, value: chosen, set }: ChoiceProps) {
  const { value, error } = useRead(`${account} ${kind}`, () => read<PackageList>('packages', { account, kind }))
  if (error) return <Problem error={error} />
  if (value === null) return <p class="quiet">Loading…</p>
  if (value.packages.length === 0) return <p class="quiet">The sandbox has no packages of {kindInWords(kind)}s.</p>
  return <PackageOptions packages={value.packages} value={chosen} set={set} />
}
