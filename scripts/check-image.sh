#!/usr/bin/env bash
# Builds the image with the given tool (`TOOL build`, `TOOL run NAME=VALUE …`, `TOOL exec COMMAND …`), runs it, orders
# an assessment, runs the health check and stops it: what README.md and docs/guides/operating.md do with Docker.
set -euo pipefail
tool=$1
port=$(node -e "const s = require('node:net').createServer().listen(0, () => { console.log(s.address().port); s.close() })")
log=$(mktemp)

"$tool" build .
# A separate process group, so that signals reach what the tool starts and nothing else.
set -m
# The folder for a volume: the sandbox does not start unless its user may write there.
"$tool" run "PORT=$port" SANDBOX_STATE=/state/sandbox.state >"$log" 2>&1 &
running=$!
set +m
stop() {
  kill -TERM -- "-$running" 2>/dev/null || true
  wait "$running" 2>/dev/null || true
}
trap stop EXIT
for _ in $(seq 150); do grep -q '"msg":"ready"' "$log" && break; kill -0 "$running" || break; sleep 0.2; done
grep '"msg":"ready"' "$log" || { cat "$log"; exit 1; }

answer=$(curl --silent --show-error --fail-with-body "http://127.0.0.1:$port/unified/ats/assessments/orders" \
  --user sandbox: --header 'x-account-id: acme' --json '{"id":"order-from-outside"}')
echo "$answer"
[[ $answer == *'"id":"order-from-outside"'*"/tests/"* ]]

"$tool" exec env "PORT=$port" assessments-sandbox healthcheck
echo 'The health check passes.'
if "$tool" exec env PORT=1 assessments-sandbox healthcheck; then echo 'The health check passes without a sandbox.'; exit 1; fi

"$tool" exec node --eval "for (const peer of ['bullmq', 'ioredis']) require('/app/node_modules/' + peer)"
echo 'It has what a store in Redis needs.'

# Stops only the sandbox: its output and exit code must come through the tool.
pkill -TERM --pgroup "$running" --full '^node .*assessments-sandbox'
status=0
wait "$running" || status=$?
trap - EXIT
grep '"msg":"stopping"' "$log"
echo "It stopped with exit code $status."
[[ $status == 0 ]]
