import { signal } from '@preact/signals'

const place = 'sandbox-control-token'

/** The control token; empty if unknown. It is kept until the tab closes. */
export const token = signal(sessionStorage.getItem(place) ?? '')

/** Whether the sandbox requires a token; `wrong` if it refused the one it got. */
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
