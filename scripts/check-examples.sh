#!/usr/bin/env bash
# Runs the recipes of examples/ against the packed package, in a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp --directory)
trap 'rm -rf "$folder"; [[ -z ${sandbox:-} ]] || kill "$sandbox" 2>/dev/null || true' EXIT

# Packs the latest build: a new one would remove files that other processes use.
npm pack --ignore-scripts --silent --pack-destination "$folder" >/dev/null
cp -r examples/. "$folder"
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock ./stackone-assessments-sandbox-*.tgz

for recipe in node-test vitest jest playwright; do
  echo "-- $recipe"
  npm run --silent "$recipe"
done

echo '-- curl'
# The health check finds the port through the temporary folder, the shell through the log.
export PORT=0 TMPDIR=$folder
node node_modules/.bin/assessments-sandbox >log &
sandbox=$!
node node_modules/.bin/assessments-sandbox healthcheck --wait 30
url=$(sed -n 's/.*"url":"\([^"]*\)".*"msg":"ready".*/\1/p' log)
SANDBOX_URL=$url npm run --silent curl

echo '-- compose.yaml and the job'
for file in compose.yaml github-actions/test.yml; do
  node -e "require('yaml').parse(require('fs').readFileSync('$file', 'utf8'))"
done

echo '-- a store in Redis, with the packages that it needs'
npm install --silent --no-audit --no-fund --no-package-lock bullmq@6 ioredis@6
node -e "require('stackone-assessments-sandbox').startSandbox({ store: 'redis://127.0.0.1:1' }).catch((error) => console.log(error.message))" |
  tee redis && grep --quiet 'cannot be reached' redis
