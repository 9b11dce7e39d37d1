import { isOnePane } from './address'
import { Credentials } from './credentials'
import { splitFidelity } from './fidelity'
import { Folded } from './folded'
import { apiOf, groupOf } from './groups'
import { LiveResponse } from './live-response'
import { react } from './react'
import { Responses } from './responses'
import type { Immutable, ShownOperation, SystemProps } from './swagger'

/** What Swagger UI hands to whatever shows an operation. */
interface OperationProps extends SystemProps {
  operation: Immutable
  response: Immutable | undefined
  specPath: { push: (part: string) => unknown }
  fn: { requestSnippetGenerator_curl_bash: (request: Immutable) => string }
  specActions: object
  oas3Actions: object
  oas3Selectors: object
  onTryoutClick: () => void
  onCancelClick: () => void
  onResetClick: () => void
  onExecute: () => void
}

/** Swagger UI's state of the operation. */
interface Shown {
  /** Empty until its references are resolved. */
  op: Partial<ShownOperation>
  path: string
  method: string
  tag: string
  executeInProgress: boolean
}

export function Operation(props: OperationProps) {
  const { operation: state, response, specPath, getComponent, getConfigs, specSelectors, specActions, fn } = props
  const { op, path, method, tag, executeInProgress } = state.toJS() as Shown
  const described = state.get('op') as Immutable
  const request = specSelectors.mutatedRequestFor(path, method)
  const responses = described.get('responses') as Immutable | undefined
  const isReady = responses !== undefined
  react().useEffect(() => {
    if (isReady && isOnePane()) document.querySelector<HTMLElement>('.operation h2')?.focus({ preventScroll: true })
    return undefined
  }, [isReady])
  if (!isReady) return <p className="advice">Loading…</p>
  const { lead, list, count } = splitFidelity(op.description ?? '')
  // StackOne's operations begin with their summary, which is the heading here.
  const about = lead.replace(`${op.summary ?? ''}.`, '').trim()
  const Markdown = getComponent('Markdown', true)
  const Parameters = getComponent('parameters')
  const Execute = getComponent('execute')
  const Clear = getComponent('clear')
  return (
    <article className="operation" data-operation={op.operationId}>
      <div className="operation-head">
        <p className="kicker">
          {apiOf({ tag })} <span aria-hidden="true">·</span> {groupOf({ tag, path })}
          {op.deprecated && <span className="badge busy">deprecated</span>}
        </p>
        <h2 tabIndex={-1}>{op.summary}</h2>
        <p className="operation-path">
          <span className={`method ${method}`}>{method.toUpperCase()}</span> <code>{path}</code>
        </p>
        {about && <Markdown source={about} />}
        {list && (
          <Folded title={`How well this is known: ${String(count)} ${count === 1 ? 'statement' : 'statements'}`}>
            <Markdown source={list} />
          </Folded>
        )}
      </div>
      <section className="part try" aria-label="Request">
        <div className="part-head">
          <h3>Request</h3>
        </div>
        <Folded title={usedCredentials(op)}>
          <Credentials />
        </Folded>
        <Parameters
          parameters={described.get('parameters') ?? []}
          specPath={specPath.push('parameters')}
          operation={described}
          onChangeKey={[path, method]}
          onTryoutClick={props.onTryoutClick}
          onResetClick={props.onResetClick}
          onCancelClick={props.onCancelClick}
          tryItOutEnabled
          allowTryItOut
          fn={fn}
          getComponent={getComponent}
          specActions={specActions}
          specSelectors={specSelectors}
          pathMethod={[path, method]}
          getConfigs={getConfigs}
          oas3Actions={props.oas3Actions}
          oas3Selectors={props.oas3Selectors}
        />
        <div className="buttons">
          <Execute
            operation={described}
            specActions={specActions}
            specSelectors={specSelectors}
            oas3Selectors={props.oas3Selectors}
            oas3Actions={props.oas3Actions}
            path={path}
            method={method}
            onExecute={props.onExecute}
            disabled={executeInProgress}
          />
          {response && <Clear specActions={specActions} path={path} method={method} />}
        </div>
        <p role="status" className="unseen">
          {response && `Answer received: ${String(response.get('status'))}`}
        </p>
        {response && request && (
          <LiveResponse response={response} curl={fn.requestSnippetGenerator_curl_bash(request)} />
        )}
      </section>
      <Responses
        responses={responses}
        specPath={specPath.push('responses')}
        getComponent={getComponent}
        getConfigs={getConfigs}
        specSelectors={specSelectors}
      />
    </article>
  )
}

function usedCredentials({ security = [] }: Partial<ShownOperation>): string {
  if (security.length === 0) return 'Needs no credentials'
  return security.some((each) => 'basic' in each)
    ? 'Credentials: your API key'
    : 'Credentials: the control token, if the sandbox asks for one'
}
