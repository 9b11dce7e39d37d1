import { tokensOf } from './json-tokens'

/** Text of an answer or an example, JSON in colours. */
export const HighlightCode = ({ children }: { children?: unknown }) => (
  <pre className="plain json" tabIndex={0}>
    {typeof children === 'string' &&
      tokensOf(children).map(({ kind, text }, i) => (
        <span key={i} className={kind}>
          {text}
        </span>
      ))}
  </pre>
)
