#!/usr/bin/env bash
# Asks each running agent once a day what it has done, however often it is run and wherever it was cut off: the day is in the key.
set -euo pipefail
claw=${CLAW_SCRIPT:-scripts/claw}
today=$(date +%F)

agents=$("$claw" GET '/agents?status=running' --only id,name)
while read -r id name; do
  printf '## %s\n\n' "$name"
  "$claw" POST "/agents/$id/message" '{"message":"What have you done since yesterday? One line."}' --key "standup-$today-$id" --only response </dev/null
  echo
done <<<"$agents"
