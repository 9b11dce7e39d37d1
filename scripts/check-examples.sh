#!/usr/bin/env bash
# Runs the recipes of examples/ against the packed package, in a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp --directory)
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "$folder"' EXIT

# Packs the latest build: a new one would remove files that other processes use.
npm pack --ignore-scripts --silent --pack-destination "$folder" >/dev/null
cp -r examples/. "$folder"
cd "$folder"
npm install --silent --no-audit --no-fund --no-package-lock ./stackone-assessments-sandbox-*.tgz

for recipe in node-test vitest jest playwright provider python; do
  echo "-- $recipe"
  npm run --silent "$recipe"
done

echo '-- curl'
# The health check finds the port through the temporary folder, the shell through the log.
export PORT=0 TMPDIR=$folder
node node_modules/.bin/assessments-sandbox >log &
started+=($!)
node node_modules/.bin/assessments-sandbox healthcheck --wait 30
url=$(sed -n 's/.*"url":"\([^"]*\)".*"msg":"ready".*/\1/p' log)
SANDBOX_URL=$url npm run --silent curl

echo '-- http'
node "$root/scripts/run-http-file.js" http/orders.http "$url"

echo '-- testcontainers'
# Everything short of starting it: that takes Docker, which may not be here.
node --check testcontainers/order.test.mjs
ln -s "$root/node_modules/@types" types
node "$root/node_modules/typescript7/bin/tsc" --noEmit --allowJs --checkJs --strict --skipLibCheck --module nodenext \
  --target es2022 --lib es2022,esnext.disposable --typeRoots types --types node testcontainers/order.test.mjs
if docker info >/dev/null 2>&1; then
  SANDBOX_REPOSITORY=$root npm run --silent testcontainers
else
  echo 'There is no Docker here: the recipe for Testcontainers is only checked, not run.'
fi

echo '-- docs/guides/provider.md'
# Each block that the guide leaves to this script, in order. The first two start the provider and the sandbox: as below.
free() { node -e "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })"; }
provider=$(free) sandbox=$(free)
STACKONE_SERVER_URL=http://127.0.0.1:$sandbox PORT=$provider node provider/server.mjs >provider.log &
started+=($!)
PORT=$sandbox SANDBOX_WEBHOOKS="http://127.0.0.1:$provider/stackone#whsec_local" \
  SANDBOX_PACKAGES_URL="http://127.0.0.1:$provider/packages#whsec_local" \
  SANDBOX_PACKAGES_AUTH='packages_local' node node_modules/.bin/assessments-sandbox >sandbox.log &
started+=($!)
node node_modules/.bin/assessments-sandbox healthcheck --url "http://127.0.0.1:$sandbox" --wait 30
for _ in {1..300}; do if grep --quiet 'Server listening' provider.log; then break; else sleep 0.1; fi; done
node -e '
const { blocks, readDocument } = require(`${process.argv[1]}/scripts/docs/markdown.js`)
const own = blocks(readDocument(process.argv[1], "docs/guides/provider.md")).filter(({ notes }) => notes.includes("run by: scripts/check-examples.sh"))
console.log(own.slice(2).map(({ code }) => code).join("\n").replaceAll("4600", process.argv[2]))
' "$root" "$sandbox" >guide.sh
bash -e guide.sh >answers 2>errors || { cat answers errors provider.log; exit 1; }
for expected in '"problems":\[\]' '"id":"order-9"' '"event":"ats_assessments.created"' '{"reported":"order-9"}' 'Baking basics: passed'; do
  grep --quiet "$expected" answers || { cat answers && echo "The guide's commands did not answer $expected" && exit 1; }
done

echo '-- compose.yaml and the job'
for file in compose.yaml github-actions/test.yml; do
  node -e "require('yaml').parse(require('fs').readFileSync('$file', 'utf8'))"
done

echo '-- a store in Redis, with the packages that it needs'
npm install --silent --no-audit --no-fund --no-package-lock bullmq@6 ioredis@6
node -e "require('stackone-assessments-sandbox').startSandbox({ store: 'redis://127.0.0.1:1' }).catch((error) => console.log(error.message))" |
  tee redis && grep --quiet 'cannot be reached' redis
