import type { ComponentChildren } from 'preact'

/** A part of a detail, under its heading. */
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

/** Names and what they stand for; what is empty is left out. */
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
