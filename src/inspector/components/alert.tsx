import { problem } from '../live'

/** What is wrong with the sandbox itself, above every view. */
export const Alert = () =>
  problem.value && (
    <p class="notice" role="alert">
      <strong>The sandbox is not well: {problem.value}.</strong>
    </p>
  )
