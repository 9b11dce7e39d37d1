import { signal } from '@preact/signals'

const place = 'sandbox-control-token'

/** The control token; empty when none is known. It lives as long as the tab. */
export const token = signal(sessionStorage.getItem(place) ?? '')

/** Set when the sandbox wants a token: `wrong` when it got one and refused it. */
export const tokenWanted = signal<'no' | 'missing' | 'wrong'>('no')

export function keepToken(given: string): void {
  sessionStorage.setItem(place, given)
  token.value = given
  tokenWanted.value = 'no'
}

export function refuseToken(): void {
  tokenWanted.value = token.value === '' ? 'missing' : 'wrong'
}

export const tokenHeader = (given: string): Record<string, string> =>
  given === '' ? {} : { authorization: `Bearer ${given}` }
