# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # root is set by common.sh; others source this
# What is measured, and the throwaway PostgreSQL that it is measured on.

readonly bench=$root/bench/OpenClaw.Bench/bin/Release/net10.0/OpenClaw.Bench.dll

# Sets $work, a folder that goes with the script, and BENCH_SERVER. The server writes to disk as a real one does.
start_bench_database() {
  work=$(mktemp -d -t openclaw-bench.XXXXXX)
  trap '"$root/scripts/postgres" remove --dir "$work/postgres"; rm -rf -- "$work"' EXIT
  # The server's user has to pass through it.
  chmod 711 "$work"
  "$root/scripts/postgres" start --dir "$work/postgres" --throwaway --watch $$
  [[ $("$root/scripts/postgres" url --dir "$work/postgres") =~ ^postgresql://([^:]+):([^@]+)@([^:/]+):([0-9]+)/(.+)$ ]]
  export BENCH_SERVER="Host=${BASH_REMATCH[3]};Port=${BASH_REMATCH[4]};Username=${BASH_REMATCH[1]};Password=${BASH_REMATCH[2]};Database=${BASH_REMATCH[5]}"
}
