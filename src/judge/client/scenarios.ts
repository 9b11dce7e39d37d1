import type { Check } from '../check'
import type { JudgedClient } from './judged-client'
import { brokenBeforeAnswer } from './scenarios/broken-before-answer'
import { brokenInAnswer } from './scenarios/broken-in-answer'
import { brokenJson } from './scenarios/broken-json'
import { refusedAccount } from './scenarios/refused-account'
import { refusedBody } from './scenarios/refused-body'
import { requestsClean } from './scenarios/requests-clean'
import { retry408 } from './scenarios/retry-408'
import { retry429 } from './scenarios/retry-429'
import { retry502 } from './scenarios/retry-502'
import { slowAnswer } from './scenarios/slow-answer'
import { slowHeartbeat } from './scenarios/slow-heartbeat'
import { success } from './scenarios/success'

/** What a client goes through, in this order: the first is what the others are compared with, the last looks at all. */
export const scenarios: readonly Check<JudgedClient>[] = [
  success,
  retry429,
  retry408,
  retry502,
  brokenBeforeAnswer,
  brokenInAnswer,
  slowAnswer,
  slowHeartbeat,
  refusedBody,
  refusedAccount,
  brokenJson,
  requestsClean,
]
