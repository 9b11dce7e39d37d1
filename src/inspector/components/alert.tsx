import { problem } from '../live'

/** What is wrong with the sandbox itself, above every view. */
export const Alert = () =>
  problem.value && (
    <p class="notice" role="alert">
      <strong>{capitalised(problem.value)}.</strong>
    </p>
  )

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
