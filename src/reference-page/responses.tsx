import { splitFidelity } from './fidelity'
import { Folded } from './folded'
import type { Immutable, SystemProps } from './swagger'

interface ResponsesProps extends SystemProps {
  responses: Immutable
  specPath: unknown
}

interface Example {
  summary?: string
  description?: string
  value: unknown
}

interface Described {
  description: string
  headers?: Record<string, { description: string }>
  content?: Record<string, { example?: unknown; examples?: Record<string, Example> }>
}

/** The documented answers: those that are no errors with an example each, the errors folded. */
export function Responses(props: ResponsesProps) {
  const all = Object.entries(props.responses.toJS() as Record<string, Described>)
  const isError = ([status]: [string, Described]) => Number(status) >= 400
  const errors = all.filter(isError)
  return (
    <>
      <section className="part" aria-label="Answers">
        <div className="part-head">
          <h3>Answers</h3>
        </div>
        {all
          .filter((each) => !isError(each))
          .map(([status, response]) => (
            <Answer key={status} {...props} status={status} described={response} />
          ))}
      </section>
      <section className="part" aria-label="Errors">
        <div className="part-head">
          <h3>Errors</h3>
          <span className="quiet">
            each with <code>x-sandbox-hint</code>
          </span>
        </div>
        <div className="errors-list">
          {errors.map(([status, response]) => (
            <details key={status} className="error-row">
              <summary>
                <span className="badge bad">{status}</span>
                <span>{splitFidelity(response.description).lead.replaceAll('`', '')}</span>
              </summary>
              <ErrorDetail described={response} getComponent={props.getComponent} />
            </details>
          ))}
        </div>
      </section>
    </>
  )
}

interface AnswerProps extends ResponsesProps {
  status: string
  described: Described
}

function Answer({ status, described, responses, specPath, getComponent, getConfigs, specSelectors }: AnswerProps) {
  const Markdown = getComponent('Markdown', true)
  const ModelExample = getComponent('modelExample')
  const { lead, list } = splitFidelity(described.description)
  const [[type, media] = ['', {}]] = Object.entries(described.content ?? {})
  const schema = (responses as { getIn?: (path: readonly string[]) => unknown }).getIn?.([
    status,
    'content',
    type,
    'schema',
  ])
  const headers = Object.entries(described.headers ?? {})
  return (
    <div className="answer">
      <div className="answer-head">
        <span className="badge good">{status}</span>
        <Markdown source={lead} />
        {type && <code className="quiet">{type}</code>}
      </div>
      {media.example !== undefined && (
        <ModelExample
          specPath={specPath}
          getComponent={getComponent}
          getConfigs={getConfigs}
          specSelectors={specSelectors}
          schema={schema}
          includeReadOnly
          example={<Code value={media.example} getComponent={getComponent} />}
        />
      )}
      {headers.length > 0 && (
        <Folded title={`Headers: ${headers.map(([name]) => name).join(', ')}`}>
          <dl className="explained">
            {headers.map(([name, { description }]) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>{description}</dd>
              </div>
            ))}
          </dl>
        </Folded>
      )}
      {list && (
        <Folded title="How well this is known">
          <Markdown source={list} />
        </Folded>
      )}
    </div>
  )
}

function ErrorDetail({ described, getComponent }: { described: Described } & Pick<SystemProps, 'getComponent'>) {
  const Markdown = getComponent('Markdown', true)
  const { list } = splitFidelity(described.description)
  const [media = {}] = Object.values(described.content ?? {})
  const examples = media.examples ?? { only: { value: media.example } }
  return (
    <div className="error-detail">
      {Object.entries(examples).map(([name, { summary = 'Example', description, value }]) => (
        <Folded key={name} title={summary.replaceAll('`', '')}>
          {description && <Markdown source={description} />}
          <Code value={value} getComponent={getComponent} />
        </Folded>
      ))}
      {list && <Markdown source={list} />}
    </div>
  )
}

function Code({ value, getComponent }: { value: unknown } & Pick<SystemProps, 'getComponent'>) {
  const HighlightCode = getComponent('HighlightCode', true)
  return <HighlightCode>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</HighlightCode>
}
