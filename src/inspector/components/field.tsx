import type { ComponentChildren } from 'preact'

/** A label around its control. */
export function Field({ label, note, children }: { label: string; note?: string; children: ComponentChildren }) {
  return (
    <label class="field">
      <span>
        {label}
        {note !== undefined && <small> ({note})</small>}
      </span>
      {children}
    </label>
  )
}

interface TextProps {
  value: string
  set: (value: string) => void
  type?: 'text' | 'number' | 'url' | 'email' | 'password'
  placeholder?: string
  min?: number
  max?: number
}

export function TextInput({ value, set, type = 'text', ...limits }: TextProps) {
  // Preact's types allow the attributes of only one input type at a time.
  const kind: object = { type, ...limits }
  return (
    <input
      {...kind}
      value={value}
      autocomplete="off"
      spellcheck={false}
      onInput={({ currentTarget }) => {
        set(currentTarget.value)
      }}
    />
  )
}

export const Choice = <V extends string>(props: {
  value: V
  set: (value: V) => void
  options: readonly (readonly [value: V, label: string])[]
}) => (
  <select
    value={props.value}
    onChange={({ currentTarget }) => {
      props.set(currentTarget.value as V)
    }}
  >
    {props.options.map(([value, label]) => (
      <option key={value} value={value} selected={value === props.value}>
        {label}
      </option>
    ))}
  </select>
)

/** The number typed into a field; undefined if it is empty. */
export const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))
