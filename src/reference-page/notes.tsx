/** What the sandbox says about a call in headers of its own, with an explanation. */
export const Notes = ({ headers }: { headers: Record<string, string> }) => (
  <>
    <Note
      text={headers['x-sandbox-hint']}
      className="notice"
      title="Hint"
      about="From x-sandbox-hint, which comes with every error and says what to do about it. StackOne does not send it."
    />
    <Note
      text={headers['x-sandbox-warning']}
      className="notice warning"
      title="Warning: probably a mistake"
      about="From x-sandbox-warning. StackOne does not send it. With SANDBOX_STRICT, the sandbox refuses such a request."
    />
  </>
)

interface NoteProps {
  text: string | undefined
  className: string
  title: string
  about: string
}

const Note = ({ text, className, title, about }: NoteProps) =>
  text === undefined ? null : (
    <div className={className}>
      <strong>{title}</strong>
      <p>{text}</p>
      <p className="explanation">{about}</p>
    </div>
  )
