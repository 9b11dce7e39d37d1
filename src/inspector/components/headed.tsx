import type { ComponentChildren } from 'preact'

/** A section of a detail view, with a heading. */
export const Headed = ({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ComponentChildren
  children: ComponentChildren
}) => (
  <section class="part">
    <div class="part-head">
      <h3>{title}</h3>
      {aside}
    </div>
    {children}
  </section>
)

/** A list of names and values. Empty values are left out. */
export const Facts = ({ of }: { of: readonly (readonly [name: string, value: ComponentChildren])[] }) => (
  <dl class="facts">
    {of
      .filter(([, value]) => value !== null && value !== '' && value !== undefined && value !== false)
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
  </dl>
)
