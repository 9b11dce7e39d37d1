#!/usr/bin/env bash
# Runs the commands of docs/guides/judge.md that take long against the build, and compares what they print with what the
# guide shows. Then it puts every client, provider and server that is known to be wrong through all checks.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$root/dist/cli.js" "$folder/bin/assessments-sandbox"
export PATH=$folder/bin:$PATH

# The guide's blocks for this script alternate: a command, and what it prints.
node -e '
const { writeFileSync } = require("node:fs")
const { blocks, readDocument } = require("./scripts/docs/markdown.js")
const own = blocks(readDocument(".", "docs/guides/judge.md")).filter(({ notes }) => notes.includes("run by: scripts/check-judge.sh"))
own.forEach(({ language, code }, i) => writeFileSync(`${process.argv[1]}/${Math.floor(i / 2)}.${language === "sh" ? "sh" : "shown"}`, `${code}\n`))
' "$folder"
# One after the other, since the first has the port of the guide.
for file in "$folder"/*.sh; do
  echo "-- $(head -c 70 "$file" | head -1)"
  bash -e "$file" >"$folder/printed" 2>"$folder/progress" || { cat "$folder/printed" && exit 1; }
  diff "${file%.sh}.shown" "$folder/printed"
done

# Side by side, since they mostly wait.
failed=()
declare -A begun
for run in clients 'every-check verify-differences' 'every-check provider'; do
  read -r script name <<<"$run"
  name=${name:-$script}
  node "scripts/judge/$script.js" "$name" >"$folder/$name" 2>&1 &
  begun[$name]=$!
done
for name in "${!begun[@]}"; do
  wait "${begun[$name]}" || failed+=("$name")
  echo "-- $name"
  grep -vE '^ *(ok|1\.\.|# Subtest|$)' "$folder/$name" || true
done
[[ ${#failed[@]} -eq 0 ]] || { echo "Failed: ${failed[*]}" && exit 1; }
