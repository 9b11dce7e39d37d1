import type { TargetedEvent } from 'preact'

// Fields of Swagger UI that are shown differently here.

interface TextAreaProps {
  title: string
  className?: string
  value?: string
  disabled?: boolean
  onChange: (event: TargetedEvent<HTMLTextAreaElement>) => void
}

/** Named, for screen readers. */
export const TextArea = ({ title, className, value, disabled, onChange }: TextAreaProps) => (
  <textarea
    aria-label={title === '' ? 'JSON' : title}
    className={className}
    value={value}
    disabled={disabled}
    spellcheck={false}
    onChange={onChange}
  />
)

/** Calls can always be tried. */
export const NoTryOutButton = () => null
