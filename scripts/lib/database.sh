# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # root is set by common.sh; others source this
# The service's database for PostgreSQL's own tools, and what a backup consists of.

readonly schemas=(openclaw openclaw_system hangfire)

# Sets $bin to the newest client programs of this machine.
find_client() {
  local candidate attempt
  for attempt in as-is installed; do
    bin=$(for candidate in /usr/lib/postgresql/*/bin; do
      [[ ! -x $candidate/pg_dump || ! -x $candidate/psql ]] || echo "$candidate"
    done | sort -V | tail -n 1)
    [[ -n $bin ]] || bin=$(dirname -- "$(command -v pg_dump || echo /)")
    [[ ! -x $bin/pg_dump || ! -x $bin/pg_restore || ! -x $bin/psql ]] || return 0
    [[ $attempt == installed ]] || apt_install postgresql-client || break
  done
  die "PostgreSQL's client programs are missing, and cannot be installed by this user; as root: apt-get install postgresql-client"
}

# Percent-encoding undone.
decoded() {
  local text=${1//\\/\\\\}
  printf '%b' "${text//%/\\x}"
}

# Sets $target, the database as libpq takes it, and $place, the same for people. The password goes by the
# environment: arguments are in the list of processes. A pooler is passed by, for a dump is one session's.
use_database() {
  local url name parameter query='' kept=''
  for name in DATABASE_MIGRATION_URL DATABASE_DIRECT_URL DATABASE_URL; do
    url=${!name:-}
    [[ -n $url ]] || { name=${name}_FILE && [[ -z ${!name:-} ]] || url=$(<"${!name}"); }
    [[ -z $url ]] || break
  done
  [[ $url =~ ^postgres(ql)?:// ]] || die "DATABASE_URL is no URL such as postgresql://user:password@host:port/database"
  [[ $url != *'?'* ]] || query=${url#*'?'}
  target=${url%%'?'*}
  if [[ $target =~ ^(postgres(ql)?://[^:/@]*):(.*)@([^@]*)$ ]]; then
    target=${BASH_REMATCH[1]}@${BASH_REMATCH[4]}
    PGPASSWORD=$(decoded "${BASH_REMATCH[3]}")
    export PGPASSWORD
  fi
  place=${target##*//}
  place=${place##*@}
  # What other libraries add, libpq refuses.
  while IFS= read -r -d '&' parameter || [[ -n $parameter ]]; do
    parameter=${parameter%$'\n'}
    case $parameter in
      password=*) PGPASSWORD=$(decoded "${parameter#*=}") && export PGPASSWORD ;;
      sslmode=no-verify) kept+='&sslmode=require' ;;
      host=* | hostaddr=* | port=* | user=* | dbname=* | sslmode=* | sslrootcert=* | sslcert=* | sslkey=* | options=* | channel_binding=* | gssencmode=* | target_session_attrs=*) kept+="&$parameter" ;;
    esac
  done <<<"$query"
  [[ -z $kept ]] || target+="?${kept#&}"
  export PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-10} PGAPPNAME=openclaw-${0##*/}
}

# sql STATEMENT: its rows, columns with | between.
sql() { "$bin/psql" -X -Atq -v ON_ERROR_STOP=1 -d "$target" -c "$1"; }

require_database() {
  local answer
  answer=$(sql 'SELECT 1' 2>&1) || die "the database at $place cannot be used: $answer"
}

has_tables() { [[ $(sql "SELECT count(*) FROM pg_tables WHERE schemaname IN ('openclaw', 'openclaw_system', 'hangfire')") != 0 ]]; }

# describe: what the database holds, a line a figure.
describe() {
  sql "SELECT 'migration=' || max(\"MigrationId\") FROM openclaw.__migrations"
  sql "SELECT 'agents=' || count(*) FROM openclaw.agents"
  sql "SELECT 'workflows=' || count(*), 'under_way=' || count(*) FILTER (WHERE status IN ('ENQUEUED', 'PENDING')) FROM openclaw_system.workflow_status" | tr '|' '\n'
  sql "SELECT 'messages=' || count(*) FROM openclaw_system.notifications"
}

# figures FILE: the same in a sentence.
figures() {
  local agents='' workflows='' under_way='' messages='' name value
  while IFS='=' read -r name value; do
    case $name in agents | workflows | under_way | messages) printf -v "$name" %s "$value" ;; esac
  done <"$1"
  echo "agents: $agents, workflows: $workflows ($under_way under way), messages: $messages"
}

# data_files: the files of this node that a backup has, relative to OPENCLAW_DATA_DIR. No cluster of PostgreSQL, whose files mean
# nothing while it runs, and no older backups.
data_files() {
  [[ ! -d $OPENCLAW_DATA_DIR ]] || (cd -- "$OPENCLAW_DATA_DIR" && find . \
    -type d \( -path ./postgres -o -path ./backups -o -exec test -e '{}/data/PG_VERSION' ';' \) -prune -o -type f ! -path ./lock -printf '%P\n' | sort)
}
