import type { PackagesFetch, PackagesReport } from '../../../schemas/control/packages'
import { controlCurl } from '../curl'
import { counted } from '../words'
import { Code } from './code'
import { Exchange } from './exchange'

/** What is wrong with the answer of a packages endpoint, each problem with its place; and the answer as it came. */
export function PackagesReportView({
  report: { problems, request, response },
  url,
  account,
  body,
}: {
  report: PackagesReport
  url: string
  account: string
  body: PackagesFetch
}) {
  return (
    <>
      {problems.length > 0 && (
        <div class="notice" role="alert">
          <p>
            <strong>{counted(problems.length, 'problem')} with the answer.</strong> Orders are refused until it is
            right.
          </p>
          <ul class="problems">
            {problems.map(({ path, message }, i) => (
              <li key={i}>
                {path !== '' && <code>{path}</code>} {withoutPlace(message, path)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <details class="folded" open={problems.length > 0}>
        <summary>Request and answer</summary>
        <Exchange
          of={{ url: `POST ${url}`, error: null, status: null, request, response }}
          name="Packages"
          areHeadersShown={false}
        />
        <Code text={controlCurl('POST', 'packages/fetch', { account }, body)} name="curl: ask the packages endpoint" />
      </details>
    </>
  )
}

/** `message` without the place that it begins with. */
const withoutPlace = (message: string, path: string) =>
  path !== '' && message.startsWith(`${path} `) ? message.slice(path.length + 1) : message
