# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # root is set by common.sh; others source this
# The service and the database it runs on.

readonly web=$root/OpenClaw.Web/bin/app/OpenClaw.Web.dll

build_service() { publish OpenClaw.Web/OpenClaw.Web.csproj "${web%/*}"; }

# Takes from .env what the environment does not set already.
load_dotenv() {
  local line name
  [[ -f $root/.env ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[2]} line=${BASH_REMATCH[3]%$'\r'}
    [[ $line =~ ^\"(.*)\"$ || $line =~ ^\'(.*)\'$ ]] && line=${BASH_REMATCH[1]}
    [[ -n ${!name+set} ]] || export "$name=$line"
  done <"$root/.env"
}

# The private cluster serves one run at a time. Descriptor 8 holds the lock, and is closed for what may outlive us.
claim_data() {
  [[ -z ${DATABASE_URL:-}${DATABASE_URL_FILE:-} ]] || return 0
  mkdir -p -- "$root/.data"
  (umask 077 && : >>"$root/.data/lock")
  exec 8>"$root/.data/lock"
  flock -n 8 || die "another scripts/run or scripts/migrate uses this clone's private PostgreSQL"
}

# Sets DATABASE_URL and DATABASE_MIGRATION_URL; starts the private cluster when it was not set. That ends with this script, however it ends.
start_database() {
  [[ -z ${DATABASE_URL:-}${DATABASE_URL_FILE:-} ]] || return 0
  trap '"$root/scripts/postgres" stop 8>&-' EXIT
  "$root/scripts/postgres" start --watch $$ 8>&-
  DATABASE_URL=$("$root/scripts/postgres" url --serving)
  DATABASE_MIGRATION_URL=$("$root/scripts/postgres" url)
  export DATABASE_URL DATABASE_MIGRATION_URL
}
