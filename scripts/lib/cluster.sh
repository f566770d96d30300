# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the options are set by scripts/cluster; find_home sets home
# PostgreSQL, a PgBouncer for each node, the nodes and nginx, in the folder $cluster. A process is known by its number
# and the time it began: what has the number of one that is gone is left alone.

readonly nodes=(1 2 3)

# The build of this clone, or the package's.
app=${web%/*}
[[ -z $packaged ]] || app=$root/app
readonly app

# As Debian has them, where a user's PATH need not look.
program() { command -v "$1" || { [[ -x /usr/sbin/$1 ]] && echo "/usr/sbin/$1"; }; }

require_programs() {
  local name
  for name in pgbouncer nginx curl; do
    program "$name" >/dev/null || apt_install "$name" || true
    program "$name" >/dev/null || die "$name is missing, and cannot be installed by this user; as root: apt-get install $name"
  done
}

# is_up FILE: whether the process that FILE remembers runs.
is_up() { [[ -s $1 && $(identity "$(cut -d @ -f 1 "$1")") == "$(<"$1")" ]]; }

pid_of() { cut -d @ -f 1 "$1"; }

# remember PID FILE
remember() { identity "$1" >"$2" || die "process $1 has ended already"; }

# signal SIGNAL FILE: nothing where it does not run.
signal() { ! is_up "$2" || kill "-$1" "$(pid_of "$2")" 2>/dev/null || true; }

# await SECONDS COMMAND...: until it succeeds.
await() {
  local until=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < until)) || return 1
    sleep 0.1
  done
}

is_down() { ! is_up "$1"; }

# end SECONDS FILE: asks it to stop, then makes it.
end() {
  signal CONT "$2"
  signal TERM "$2"
  await "$1" is_down "$2" || { signal KILL "$2" && await 10 is_down "$2"; } || die "process $(pid_of "$2") does not end"
  rm -f -- "$2"
}

# port_of NAME: a free one, chosen once.
port_of() {
  [[ -s $cluster/ports/$1 ]] || free_port >"$cluster/ports/$1"
  cat -- "$cluster/ports/$1"
}

make_cluster_folder() {
  mkdir -p -- "$cluster" "$cluster/ports" "$cluster/nginx"
  # PostgreSQL and PgBouncer, which refuse to run as root, have to pass through it.
  chmod 711 -- "$cluster"
  [[ -s $cluster/token ]] || (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$cluster/token")
  [[ -s $cluster/primary ]] || echo a >"$cluster/primary"
  token=$(<"$cluster/token")
  [[ -s $cluster/door ]] || free_port >"$cluster/door"
  door=http://127.0.0.1:$(<"$cluster/door")
}

# The servers are a and b; one of them takes writes, and the other one follows it, if there is another one.
postgres() { "$root/scripts/postgres" "$1" --dir "$cluster/postgres-$2" "${@:3}"; }

primary() { cat -- "$cluster/primary"; }

# primary_sql STATEMENT: columns with | between.
primary_sql() { psql -X -Atq -v ON_ERROR_STOP=1 -d "$(postgres url "$(primary)")" -c "$1"; }

# Sets $pool, where PgBouncer's user can read.
find_pool_folder() {
  local dir=$cluster/pool home data
  find_home
  make_home
  pool=$home
}

# pool_settings NODE: for its PgBouncer. The second database is what DATABASE_DIRECT_URL leads to: a session for as long as the node
# likes, by the same process, so that the node has no way to the server that does not end when the pooler ends.
pool_settings() {
  local url user password server
  url=$(postgres url "$(primary)")
  server="host=127.0.0.1 port=$(<"$(postgres_home)/port") dbname=openclaw"
  for url in "$url" "$(postgres url "$(primary)" --serving)"; do
    user=${url#*//} password=${url#*//*:}
    printf '"%s" "%s"\n' "${user%%:*}" "${password%%@*}"
  done >"$pool/users"
  cat >"$pool/$1.ini" <<INI
[databases]
openclaw = $server pool_size=20 max_db_connections=20
openclaw_session = $server pool_mode=session pool_size=10
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $(port_of "pool-$1")
auth_type = scram-sha-256
auth_file = $pool/users
pool_mode = transaction
max_client_conn = 200
server_login_retry = 1
unix_socket_dir =
logfile = $pool/$1.log
pidfile = $pool/$1.pid
INI
  chmod 600 -- "$pool/$1.ini" "$pool/users"
  ! is_root || chown "$(server_user)": -- "$pool/$1.ini" "$pool/users"
}

# Where scripts/postgres has put the primary.
postgres_home() {
  local dir home data
  dir=$cluster/postgres-$(primary)
  find_home
  echo "$home"
}

start_pool() {
  ! is_up "$cluster/pool-$1.process" || return 0
  rm -f -- "$pool/$1.pid"
  (cd / && as_server "$(program pgbouncer)" -d -q "$pool/$1.ini") || die "PgBouncer did not start; its log is $pool/$1.log"
  await 10 test -s "$pool/$1.pid" && await 10 port_is_taken 127.0.0.1 "$(port_of "pool-$1")" || die "PgBouncer did not start; its log is $pool/$1.log"
  remember "$(<"$pool/$1.pid")" "$cluster/pool-$1.process"
}

# pool_url NODE DATABASE [--serving]
pool_url() {
  local url
  url=$(postgres url "$(primary)" "${@:3}")
  echo "${url%@*}@127.0.0.1:$(port_of "pool-$1")/$2"
}

# start_node NODE APP: the build of the service in the folder APP, without a wait.
start_node() {
  local pooled direct migration port data=$cluster/node-$1
  local -a program=(dotnet "$2/OpenClaw.Web.dll")
  [[ -z $packaged ]] || program=("$2/OpenClaw.Web")
  ! is_up "$cluster/node-$1.process" || return 0
  mkdir -p -m 700 -- "$data"
  port=$(port_of "node-$1")
  pooled=$(pool_url "$1" openclaw --serving) direct=$(pool_url "$1" openclaw_session --serving) migration=$(pool_url "$1" openclaw_session)
  (
    cd -- "$2"
    DATABASE_URL=$pooled DATABASE_DIRECT_URL=$direct DATABASE_MIGRATION_URL=$migration AUTH_TOKEN=$token HOST=127.0.0.1 PORT=$port \
      OPENCLAW_DATA_DIR=$data PUBLIC_BASE_URL=$door exec setsid "${program[@]}" </dev/null >>"$data/log" 2>&1
  ) &
  remember $! "$cluster/node-$1.process"
  # The shell need not tell of its end.
  disown $!
}

node_is_ready() { [[ $(curl -s -m 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$(port_of "node-$1")/readyz") == 200 ]]; }

await_node() { await 120 node_is_ready "$1" || die "node $1 did not become ready; its log is $cluster/node-$1/log"; }

# What deploy/nginx.conf says, for these nodes and this port.
proxy_settings() {
  local node servers=''
  for node in "${nodes[@]}"; do servers+="        server 127.0.0.1:$(port_of "node-$node") max_fails=0;\n"; done
  printf 'daemon on;\npid %s;\nerror_log %s;\n' "$cluster/nginx/pid" "$cluster/nginx/log"
  sed -E -e "s|^ *server node-1:.*|${servers%\\n}|" -e '/^ *server node-2:/d' -e "s|listen 8080;|listen 127.0.0.1:$(<"$cluster/door");|" -e "s|^http \{|http {\n    access_log off;\n$(
    for kind in client_body proxy fastcgi uwsgi scgi; do printf '    %s_temp_path %s;\\n' "$kind" "$cluster/nginx/$kind"; done
  )|" "$root/deploy/nginx.conf"
}

start_proxy() {
  ! is_up "$cluster/nginx.process" || return 0
  proxy_settings >"$cluster/nginx/conf"
  (cd / && "$(program nginx)" -q -p "$cluster/nginx" -e "$cluster/nginx/log" -c "$cluster/nginx/conf") || die "nginx did not start; its log is $cluster/nginx/log"
  await 10 test -s "$cluster/nginx/pid" || die "nginx did not start; its log is $cluster/nginx/log"
  remember "$(<"$cluster/nginx/pid")" "$cluster/nginx.process"
}

# start_all APP
start_all() {
  local node
  make_cluster_folder
  postgres start "$(primary)" --max-connections 200
  find_pool_folder
  for node in "${nodes[@]}"; do
    pool_settings "$node"
    start_pool "$node"
  done
  # The first one migrates.
  for node in "${nodes[@]}"; do
    start_node "$node" "$1"
    [[ $node != 1 ]] || await_node 1
  done
  for node in "${nodes[@]}"; do await_node "$node"; done
  start_proxy
}

cluster_up() {
  require_programs
  build_service
  start_all "$app"
  say "
Three nodes serve behind nginx at
  $door/
Sign in with the token in $cluster/token. scripts/cluster stop ends all of it."
}

parts() {
  local node
  echo nginx
  for node in "${nodes[@]}"; do printf '%s\n' "node-$node" "pool-$node"; done
}

cluster_report() {
  local part missing=''
  while read -r part; do
    if is_up "$cluster/$part.process"; then
      echo "$part runs as process $(pid_of "$cluster/$part.process")"
    else
      echo "$part does not run" && missing=yes
    fi
  done < <(parts)
  postgres status "$(cat "$cluster/primary" 2>/dev/null || echo a)" || missing=yes
  [[ -z $missing ]] || exit 3
}

# Nodes first, all at once, so that they hand their work back; then what they stood on.
cluster_down() {
  local part server
  [[ -d $cluster ]] || return 0
  for part in "${nodes[@]}"; do
    signal CONT "$cluster/pool-$part.process"
    signal CONT "$cluster/node-$part.process"
    signal TERM "$cluster/node-$part.process"
  done
  for part in "${nodes[@]}"; do end 40 "$cluster/node-$part.process"; done
  while read -r part; do end 10 "$cluster/$part.process"; done < <(parts)
  for server in a b; do
    [[ ! -d $cluster/postgres-$server ]] || postgres stop "$server"
  done
}

# All of it, with its data.
cluster_remove_all() {
  local server dir home data
  [[ -d $cluster ]] || return 0
  cluster_down
  for server in a b; do
    [[ ! -d $cluster/postgres-$server ]] || postgres remove "$server"
  done
  dir=$cluster/pool
  find_home
  rm -rf -- "$home" "$cluster"/{pool,nginx,ports,token,door,primary,load} "$cluster"/node-*
}
