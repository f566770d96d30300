# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # root is set by common.sh; others source this
# The service and the database it runs on.

readonly web=$root/OpenClaw.Web/bin/app/OpenClaw.Web.dll

# An installed package has the service built, with the runtime that it needs; a clone builds it. $tool is what people type before
# the name of one of these scripts.
if [[ -x $root/app/OpenClaw.Web ]]; then
  readonly packaged=yes content_root=$root/app tool='openclaw-backend '
  serve=("$root/app/OpenClaw.Web")
else
  readonly packaged='' content_root=$root/OpenClaw.Web tool=scripts/
  serve=(dotnet "$web")
fi

build_service() {
  [[ -z $packaged ]] || return 0
  require_dotnet
  [[ -e $web ]] || say 'The first build takes some minutes, later ones seconds.'
  publish OpenClaw.Web/OpenClaw.Web.csproj "${web%/*}"
}

# Takes from .env what the environment does not set already.
load_dotenv() {
  local line name
  [[ -e $root/.env ]] || return 0
  [[ -r $root/.env ]] || die "the settings in $(readlink -f -- "$root/.env") are not for $(id -un) to read: call this as root, or as the service's user"
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[2]} line=${BASH_REMATCH[3]%$'\r'}
    [[ $line =~ ^\"(.*)\"$ || $line =~ ^\'(.*)\'$ ]] && line=${BASH_REMATCH[1]}
    [[ -n ${!name+set} ]] || export "$name=$line"
  done <"$root/.env"
}

# Sets OPENCLAW_DATA_DIR, where files of this node are; a relative one is below the clone.
set_data_dir() {
  OPENCLAW_DATA_DIR=${OPENCLAW_DATA_DIR:-.data}
  [[ $OPENCLAW_DATA_DIR == /* ]] || OPENCLAW_DATA_DIR=$root/$OPENCLAW_DATA_DIR
  export OPENCLAW_DATA_DIR
  # A package's own folder may be nobody's to write.
  private=$root/.data
  [[ -z $packaged ]] || private=$OPENCLAW_DATA_DIR
}

# Sets HOST and PORT (https with TLS_CERT), as well as $reachable, the host by which the service is reached from here, and $address, its URL.
set_address() {
  export HOST=${HOST:-127.0.0.1} PORT=${PORT:-18789}
  reachable=$HOST
  case $HOST in 0.0.0.0 | '*' | '+') reachable=127.0.0.1 ;; :: | '[::]') reachable=::1 ;; esac
  local scheme=http
  [[ -z ${TLS_CERT:-} ]] || scheme=https
  address=$scheme://$reachable:$PORT
  [[ $reachable != *:* || $reachable == \[* ]] || address=$scheme://[$reachable]:$PORT
}

# The private cluster serves one run at a time. Descriptor 8 holds the lock, and is closed for what may outlive us.
claim_data() {
  [[ -z ${DATABASE_URL:-}${DATABASE_URL_FILE:-} ]] || return 0
  mkdir -p -- "$private"
  (umask 077 && : >>"$private/lock")
  exec 8>"$private/lock"
  flock -n 8 || die "another ${tool}run or ${tool}migrate uses the private PostgreSQL in $private. Nodes that share one: docs/operations.md, More nodes"
}

# Sets DATABASE_URL and DATABASE_MIGRATION_URL; starts the private cluster when it was not set. That ends with this script, however it ends.
start_database() {
  [[ -z ${DATABASE_URL:-}${DATABASE_URL_FILE:-} ]] || return 0
  cluster_started=yes
  [[ -n $(trap -p EXIT) ]] || trap release_database EXIT
  "$root/scripts/postgres" start --dir "$private/postgres" --watch $$ 8>&-
  DATABASE_URL=$("$root/scripts/postgres" url --serving --dir "$private/postgres")
  DATABASE_MIGRATION_URL=$("$root/scripts/postgres" url --dir "$private/postgres")
  export DATABASE_URL DATABASE_MIGRATION_URL
}

# The same for a look at it: one that runs already is used as it is, and stays.
join_database() {
  if [[ -z ${DATABASE_URL:-}${DATABASE_URL_FILE:-} ]] && "$root/scripts/postgres" status --dir "$private/postgres" >/dev/null; then
    DATABASE_URL=$("$root/scripts/postgres" url --dir "$private/postgres")
    export DATABASE_URL
  else
    claim_data
    start_database
  fi
}

# What a script's own trap must not leave out: the private cluster that it has started.
release_database() {
  [[ -z ${cluster_started:-} ]] || "$root/scripts/postgres" stop --dir "$private/postgres" 8>&-
}
