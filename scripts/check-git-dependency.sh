#!/usr/bin/env bash
# Installs this repository's last commit as a git dependency, as docs/guides/testing.md says, and orders with it.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
# A repository of its own: a checkout may be shallow, or belong to another user.
git -c safe.directory='*' clone --quiet --bare "file://$root" "$folder/sandbox.git"

cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --save-dev "git+file://$folder/sandbox.git#$(git --git-dir sandbox.git rev-parse HEAD)"
cat >order.mjs <<'END'
import { startSandbox } from 'stackone-assessments-sandbox'

const sandbox = await startSandbox()
const { id, state } = await sandbox.orders.create({ id: 'order-1' })
console.log(id, state, (await fetch(`${sandbox.url}/docs/`)).status, (await fetch(`${sandbox.url}/_sandbox/ui`)).status)
await sandbox.close()
END
answer=$(node order.mjs)
[[ $answer == 'order-1 ordered 200 200' ]] || { echo "A git dependency does not work: $answer"; exit 1; }
node node_modules/.bin/assessments-sandbox --version
ls node_modules
[[ $(ls node_modules) == stackone-assessments-sandbox ]] || { echo 'It brings other packages along.'; exit 1; }
echo 'The git dependency works.'
