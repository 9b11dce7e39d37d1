import type { TargetedEvent } from 'preact'

import type { SwaggerComponent } from './swagger'

// Fields of Swagger UI that are shown differently here.

interface TextAreaProps {
  className?: string
  value?: string
  disabled?: boolean
  onChange: (event: TargetedEvent<HTMLTextAreaElement>) => void
}

/** Named, for screen readers. */
export const TextArea = ({ className = '', value, disabled, onChange }: TextAreaProps) => (
  <textarea
    aria-label={className.includes('body-param') ? 'Request body' : undefined}
    className={className}
    value={value}
    disabled={disabled}
    spellcheck={false}
    onChange={onChange}
  />
)

/** The field of a parameter, which Swagger UI leaves without a label. */
export const labelledField = (Field: SwaggerComponent) =>
  function LabelledField(props: Record<string, unknown>) {
    return (
      <label className="bare">
        <span className="unseen">{String(props['description'])}</span>
        <Field {...props} />
      </label>
    )
  }

/** The choice of an example, beside its own text. */
export const labelledChoice = (Choice: SwaggerComponent) =>
  function LabelledChoice(props: Record<string, unknown>) {
    return (
      <label className="bare">
        <Choice {...props} />
      </label>
    )
  }

/** Calls can always be tried. */
export const NoTryOutButton = () => null
