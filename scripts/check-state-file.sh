#!/usr/bin/env bash
# What --state does on a full disk, on one that is read-only, and in a file that is mounted by itself, as Docker mounts
# one. Needs Linux and root: it mounts small file systems, which nobody else sees, and which end with it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [[ ${INSIDE:-} != yes ]]; then INSIDE=yes exec unshare --mount --propagation private bash "$0"; fi

cli=$PWD/dist/cli.js
folder=$(mktemp --directory)
running=
url=
tidy() {
  if [[ -n $running ]]; then kill -KILL "$running" 2>/dev/null && wait "$running" 2>/dev/null || true; fi
  for mount in disk read-only file/state; do umount "$folder/$mount" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap tidy EXIT
fail() {
  echo "Failed: $1"
  tail -n 5 "$folder/log" 2>/dev/null || true
  exit 1
}
# Waits until a command succeeds.
until_true() {
  for _ in $(seq 300); do if "$@" >/dev/null 2>&1; then return 0; fi; sleep 0.1; done
  fail "this never came true: $*"
}
start() {
  node "$cli" --port 0 --state "$1" >"$folder/log" 2>&1 &
  running=$!
  until_true grep -q '"msg":"ready"' "$folder/log"
  url=$(sed -n 's/.*"url":"\([^"]*\)".*"ready".*/\1/p' "$folder/log")
}
# Stops it with a signal, and compares the exit code.
stop() {
  local code=0
  kill "-$1" "$running"
  wait "$running" 2>/dev/null || code=$?
  running=
  [[ $code == "$2" ]] || fail "it ended with $code, not with $2"
}
# Orders once, with a body of so many bytes.
order() {
  node -e "process.stdout.write(JSON.stringify({ id: '$1', passthrough: { filler: 'x'.repeat($2) } }))" |
    curl --silent --show-error --fail --output /dev/null --user sandbox: --header 'x-account-id: acme' --json @- \
      "$url/unified/ats/assessments/orders"
}
status() { curl --silent --output /dev/null --write-out '%{http_code}' "$url/$1"; }
is_ready() { [[ $(status _sandbox/health/ready) == "$1" ]]; }
has() { [[ $(curl --silent --fail "$url/_sandbox/orders?limit=1" | sed 's/.*"total":\([0-9]*\).*/\1/') == "$1" ]]; }
logs() { grep -q "$1" "$folder/log"; }
alone() { [[ $(ls -A "$(dirname "$1")") == "$(basename "$1")" ]] || fail "it is not alone: $(ls -A "$(dirname "$1")")"; }

mkdir "$folder/disk"
mount -t tmpfs -o size=1m tmpfs "$folder/disk"
start "$folder/disk/state"
order first 1000
head --bytes=800000 /dev/zero >"$folder/disk/filler"
order second 400000
until_true logs 'the state is not saved: the disk has no room left for'
until_true is_ready 503
order third 1000
has 3 || fail 'it no longer serves'
rm "$folder/disk/filler"
until_true logs 'the state is saved again'
until_true is_ready 200
stop KILL 137
start "$folder/disk/state"
has 3 || fail 'something is lost after the disk was full'
head --bytes=2000000 /dev/zero >"$folder/disk/filler" 2>/dev/null || true
order fourth 300000
stop TERM 1
logs '"level":60.*the state is not saved: the disk has no room left' || fail 'the end says nothing'
rm "$folder/disk/filler"
start "$folder/disk/state"
has 3 || fail 'half of something is there'
stop TERM 0
alone "$folder/disk/state"
echo 'ok: a full disk is reported at once and at the end, and nothing is half there'

mkdir "$folder/read-only"
mount -t tmpfs -o ro tmpfs "$folder/read-only"
refusal=$(node "$cli" --port 0 --state "$folder/read-only/state" 2>&1) && fail 'it starts on a read-only disk'
[[ $refusal == "--state must be a state file, but this user may not access $folder/read-only/state." ]] || fail "$refusal"
echo 'ok: a read-only disk is refused at the start'

mkdir "$folder/file"
touch "$folder/elsewhere" "$folder/file/state"
mount --bind "$folder/elsewhere" "$folder/file/state"
start "$folder/file/state"
for i in $(seq 60); do order "order-$i" 100000; done
until_true grep -q '"id":"order-60"' "$folder/file/state"
curl --silent --show-error --fail --request POST "$url/_sandbox/reset"
order last 1000
until_true grep -q '"whole":[1-9]' "$folder/file/state"
[[ $(stat --format %s "$folder/file/state") -lt 1000000 ]] || fail 'it was not moved to the front'
until_true grep -q '"id":"last"' "$folder/file/state"
alone "$folder/file/state"
stop KILL 137
start "$folder/file/state"
has 1 || fail 'something is lost of a file that is mounted by itself'
stop TERM 0
alone "$folder/file/state"
cmp --silent "$folder/elsewhere" "$folder/file/state" || fail 'the mounted file was replaced'
[[ $(stat --format %a "$folder/elsewhere") == 600 ]] || fail 'others may read it'
echo 'ok: a file that is mounted by itself is compacted in place'

echo '{"format":"stackone-assessments-sandbox","version":1,"takenAt":"2026-01-31T12:00:00.000Z","account":null,"orders":[],"webhooks":[],"deliveries":[],"faults":[]}' >"$folder/elsewhere"
start "$folder/file/state"
order first 1000
stop TERM 0
start "$folder/file/state"
has 1 || fail 'a mounted snapshot did not become a state'
stop TERM 0
echo 'ok: a mounted snapshot becomes a state'
