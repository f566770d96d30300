#!/usr/bin/env bash
# Asks each running agent once a day what it has done, however often it is run and wherever it was cut off: the day is in the key.
set -euo pipefail
today=$(date +%F)

agents=$(scripts/claw GET '/agents?status=running' --only id,name)
while read -r id name; do
  printf '## %s\n\n' "$name"
  scripts/claw POST "/agents/$id/message" '{"message":"What have you done since yesterday? One line."}' --key "standup-$today-$id" --only response </dev/null
  echo
done <<<"$agents"
