import { Component, type ComponentChild } from 'preact'

/** A component that renders only if a property changed, so that a new row does not render all others again. */
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
