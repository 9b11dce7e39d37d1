import { Credentials } from './credentials'
import { splitFidelity } from './fidelity'
import { Folded } from './folded'
import type { SystemProps } from './swagger'

interface AboutProps extends Pick<SystemProps, 'getComponent'> {
  document: unknown
}

interface Described {
  info?: { version: string; description: string }
  tags?: readonly { name: string; description: string }[]
}

/** What is shown while no operation is open: how to begin, and then the prose of the document, folded. */
export function About({ document: given, getComponent }: AboutProps) {
  const Markdown = getComponent('Markdown', true)
  const { info, tags = [] } = given as Described
  const { lead, list } = splitFidelity(info?.description ?? '')
  return (
    <article className="about">
      <div>
        <h2 tabIndex={-1}>Read about a call, then send it</h2>
        <p>
          Choose a call from the list. Its values are filled in, so that <strong>Execute</strong> works at once, and the
          address of the page leads back to it.
        </p>
      </div>
      <section className="part">
        <div className="part-head">
          <h3>Credentials</h3>
        </div>
        <Credentials />
      </section>
      <section className="part">
        <div className="part-head">
          <h3>Two headers that explain an answer</h3>
        </div>
        <dl className="explained">
          <dt>
            <code>x-sandbox-hint</code>
          </dt>
          <dd>Comes with every error, and says what to do about it.</dd>
          <dt>
            <code>x-sandbox-warning</code>
          </dt>
          <dd>
            Comes with a request that was accepted although it looks like a mistake, such as a misspelt property. With{' '}
            <code>SANDBOX_STRICT</code> such a request is refused.
          </dd>
        </dl>
        <p className="quiet">StackOne sends neither. Read them while you debug; don't build on them.</p>
      </section>
      {info && (
        <section className="part">
          <div className="part-head">
            <h3>About this document</h3>
            <span className="badge">{info.version}</span>
          </div>
          <Folded title="What it describes, and how well that is known">
            <Markdown source={lead} />
            <Markdown source={list} />
          </Folded>
          {tags.map(({ name, description }) => (
            <Folded key={name} title={name}>
              <Markdown source={description} />
            </Folded>
          ))}
        </section>
      )}
    </article>
  )
}
