#!/usr/bin/env bash
# The control API from a shell, as from any language that speaks HTTP. SANDBOX_URL is the URL of a sandbox.
set -euo pipefail
url=${SANDBOX_URL:-http://127.0.0.1:4600}
json='content-type: application/json'

# Arrange: the next call of this account gets 429.
curl --fail --silent --show-error "$url/_sandbox/faults?account=shell" -H "$json" -d '{"status":429,"retryAfter":0}'
echo

# Act: your client orders, gets 429, and orders again.
order() {
  curl --silent --output /dev/null --write-out '%{http_code}\n' "$url/unified/ats/assessments/orders" \
    -u sandbox: -H 'x-account-id: shell' -H "$json" -d '{"id":"order-1"}'
}
[[ $(order) == 429 ]]
[[ $(order) == 200 ]]

# Assert: wait for the order, complete it, read the result.
curl --fail --silent --show-error "$url/_sandbox/orders/wait?account=shell" -H "$json" -d '{"filter":{"id":"order-1"}}'
echo
curl --fail --silent --show-error "$url/_sandbox/orders/order-1/complete?account=shell" -H "$json" -d '{"score":92}'
echo
curl --fail --silent --show-error -u sandbox: -H 'x-account-id: shell' \
  "$url/unified/ats/assessments/orders/order-1/results?fields=result,score"
echo

# Clean up: only this account.
curl --fail --silent --show-error -X POST "$url/_sandbox/reset?account=shell"
echo 'The flow from a shell works.'
