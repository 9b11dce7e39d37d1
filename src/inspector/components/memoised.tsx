import { Component, type ComponentChild } from 'preact'

/** A component that is drawn anew only when a property is another one: most rows stay as they are when one comes. */
export function memoised<P extends object>(draw: (props: P) => ComponentChild) {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>) {
      const names = Object.keys(next) as (keyof P)[]
      return names.some((name) => next[name] !== this.props[name])
    }
    override render() {
      return draw(this.props)
    }
  }
}
