import { type Check, NotAsExpected, skipped } from '../check'
import { packagesIds } from './checks/packages-ids'
import { packagesJobId } from './checks/packages-job-id'
import { packagesKey } from './checks/packages-key'
import { packagesList } from './checks/packages-list'
import { packagesSignature } from './checks/packages-signature'
import { packagesTime } from './checks/packages-time'
import { packagesUnknownFields } from './checks/packages-unknown-fields'
import { receiverChangedBody } from './checks/receiver-changed-body'
import { receiverLarge } from './checks/receiver-large'
import { receiverNames } from './checks/receiver-names'
import { receiverNative } from './checks/receiver-native'
import { receiverNoSignature } from './checks/receiver-no-signature'
import { receiverOtherSecret } from './checks/receiver-other-secret'
import { receiverRepeat } from './checks/receiver-repeat'
import { receiverSynthetic } from './checks/receiver-synthetic'
import { receiverTime } from './checks/receiver-time'
import { receiverUnknownEvent } from './checks/receiver-unknown-event'
import { receiverUnknownFields } from './checks/receiver-unknown-fields'
import { receiverUpdatedFirst } from './checks/receiver-updated-first'
import { resultKnownProperties } from './checks/result-known-properties'
import { resultRefused } from './checks/result-refused'
import { resultReported } from './checks/result-reported'
import { resultRetry408 } from './checks/result-retry-408'
import { resultRetry429 } from './checks/result-retry-429'
import { resultRetry502 } from './checks/result-retry-502'
import { resultRetryConnection } from './checks/result-retry-connection'
import type { ProviderContext, WebhookContext } from './context'
import type { PackagesEndpoint } from './packages-endpoint'
import { capital } from './post'

const ofPackages: readonly Check<PackagesEndpoint>[] = [
  packagesList,
  packagesIds,
  packagesSignature,
  packagesKey,
  packagesTime,
  packagesJobId,
  packagesUnknownFields,
]

const ofWebhook: readonly Check<WebhookContext>[] = [
  receiverNative,
  receiverSynthetic,
  receiverChangedBody,
  receiverOtherSecret,
  receiverNoSignature,
  receiverTime,
  receiverRepeat,
  receiverUpdatedFirst,
  receiverUnknownEvent,
  receiverUnknownFields,
  receiverLarge,
  receiverNames,
  resultReported,
  resultRetry429,
  resultRetry408,
  resultRetry502,
  resultRetryConnection,
  resultRefused,
  resultKnownProperties,
]

/** What a provider is judged by, in this order. */
export const providerChecks: readonly Check<ProviderContext>[] = [
  ...ofPackages.map((check) => ifGiven(check, ({ packages }) => packages, '--packages-url')),
  ...ofWebhook.map((check) => ifGiven(check, ({ webhook }) => webhook, '--webhook-url')),
]

/** A check that needs what `option` gives. */
function ifGiven<Part>(
  check: Check<Part>,
  partOf: (context: ProviderContext) => Part | null,
  option: string,
): Check<ProviderContext> {
  return {
    ...check,
    run: async (context) => {
      const part = partOf(context)
      if (part === null) return skipped(`no ${option} was given`)
      if (context.isGone) return skipped("the provider's command is gone")
      const why = context.whyGone()
      if (why === null) return check.run(part)
      context.isGone = true
      throw new NotAsExpected(capital(why))
    },
  }
}
