# shellcheck shell=bash
# shellcheck disable=SC2154 # the options are set by scripts/postgres
# What scripts/postgres does. A cluster's home holds data/, port, password and log.

readonly database=openclaw

# PostgreSQL refuses to run as root.
server_user() { id -un postgres 2>/dev/null || echo nobody; }

as_server() {
  if ! is_root; then
    "$@"
  elif command -v runuser >/dev/null; then
    runuser -u "$(server_user)" -- "$@"
  else
    # shellcheck disable=SC2016 # expanded by the inner shell
    su -s /bin/sh "$(server_user)" -c 'exec "$0" "$@"' -- "$@"
  fi
}

# Sets $home: DIR itself, or where DIR's cluster had to go because the server's user cannot reach DIR.
find_home() {
  local parent
  home=$dir
  parent=$(dirname -- "$dir")
  until [[ -d $parent ]]; do parent=$(dirname -- "$parent"); done
  if [[ -s $dir/location ]]; then
    home=$(<"$dir/location")
  elif [[ ! -e $dir/data ]] && is_root && ! as_server test -x "$parent"; then
    home=/var/lib/openclaw-backend/$(sha256sum <<<"$dir" | cut -c -16)
  fi
  data=$home/data
}

make_home() {
  mkdir -p -- "$dir" "$home"
  chmod 700 -- "$dir" "$home"
  is_root && chown "$(server_user)": -- "$home"
  [[ $home == "$dir" ]] || echo "$home" >"$dir/location"
  as_server test -w "$home" || die "$home cannot be written by the user $(as_server id -un)"
}

# One command at a time on a cluster; a second start waits for the first and finds it running.
# What stays running must close descriptor 9, or it would hold the lock for good.
cluster_locked() {
  [[ $1 == cluster_start || -d $dir ]] || return 0
  mkdir -p -- "$dir" 2>/dev/null || true
  [[ -w $dir ]] || die "$dir cannot be written by the user $(id -un)"
  exec 9>"$dir/lock"
  flock -w 180 9 || die "another command has been busy with $dir for 3 minutes"
  find_home
  "$@"
}

# The pid file alone proves nothing: after a crash or a reboot its number may be another process's.
is_cluster_process() { [[ $(readlink "/proc/$1/cwd" 2>/dev/null) == "$data" ]]; }

is_running() {
  local pid=''
  [[ -s $data/postmaster.pid ]] && read -r pid <"$data/postmaster.pid"
  [[ -n $pid ]] && is_cluster_process "$pid"
}

cluster_processes() {
  local process
  for process in /proc/[0-9]*; do
    ! is_cluster_process "${process#/proc/}" || echo "${process#/proc/}"
  done
}

# Backends that outlived a killed server still hold its shared memory. Once there are none, a pid
# file left behind means nothing, whoever has that number now.
clear_remains() {
  local tries=100
  while [[ -n $(cluster_processes) ]]; do
    ((tries-- > 0)) || die "processes of a killed server still use $data"
    sleep 0.1
  done
  rm -f -- "$data/postmaster.pid"
}

# Below the range from which the kernel takes ports for outgoing connections.
free_port() {
  local candidate
  while candidate=$((15000 + RANDOM % 17000)); do
    port_is_taken 127.0.0.1 "$candidate" || break
  done
  echo "$candidate"
}

choose_port() {
  local remembered
  remembered=$(cat -- "$home/port" 2>/dev/null) || remembered=''
  if [[ -n $port ]]; then
    port_is_taken 127.0.0.1 "$port" && die "port $port on 127.0.0.1 is taken"
  elif [[ -z $remembered ]]; then
    port=$(free_port)
  elif port_is_taken 127.0.0.1 "$remembered"; then
    port=$(free_port)
    say "Port $remembered has been taken by something else; PostgreSQL moves to $port."
  else
    port=$remembered
  fi
  echo "$port" >"$home/port"
}

# shellcheck disable=SC2016 # expanded by the inner shell
make_password() { as_server sh -c 'umask 077; od -An -N24 -tx1 /dev/urandom | tr -d " \n" >"$1/$2"' - "$home" "$1"; }

make_cluster() {
  local locale unsafe=''
  [[ $fsync == on ]] || unsafe=yes
  make_password password
  for locale in C.UTF-8 C; do
    # Made aside and renamed, so that an interrupted initdb is never taken for a cluster.
    as_server rm -rf -- "$home/data.new"
    as_server env LC_ALL=C "$bin/initdb" -D "$home/data.new" --username=openclaw --pwfile="$home/password" \
      --auth=scram-sha-256 --encoding=UTF8 --locale="$locale" ${unsafe:+--no-sync} >"$home/log" 2>&1 || continue
    as_server mv -- "$home/data.new" "$data"
    return
  done
  cat -- "$home/log" >&2
  die "initdb failed"
}

launch() {
  local options="-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=$max_connections -c lc_messages=C"
  [[ $fsync == on ]] || options+=' -c fsync=off -c full_page_writes=off'
  [[ ! -e $home/log ]] || mv -f -- "$home/log" "$home/log.old"
  as_server "$bin/pg_ctl" start -D "$data" -l "$home/log" -w -t 120 -o "$options" >/dev/null 2>&1 </dev/null 9>&-
}

client() { PGPASSWORD=$(<"$home/password") "$bin/$1" -h 127.0.0.1 -p "$port" -U openclaw "${@:2}"; }

ensure_database() {
  [[ $(client psql -d postgres -Atqc "SELECT 1 FROM pg_database WHERE datname = '$database'") == 1 ]] ||
    client createdb -T template0 "$database"
  # The role that serves may not change what there is: whoever gets at its password gets no further than rows.
  [[ -s $home/serving-password ]] || make_password serving-password
  [[ $(client psql -d postgres -Atqc "SELECT 1 FROM pg_roles WHERE rolname = 'openclaw_serving'") == 1 ]] ||
    client psql -d postgres -q <<<"CREATE ROLE openclaw_serving LOGIN NOSUPERUSER PASSWORD '$(<"$home/serving-password")'"
}

cluster_start() {
  local version='' requested=$port tries=5
  [[ -s $data/PG_VERSION ]] && version=$(<"$data/PG_VERSION")
  find_server "$version"
  # First, so that a start which is interrupted leaves nothing behind either.
  # Without one it stays, whoever was watched before.
  if [[ -n $watch ]]; then start_watcher; else rm -f -- "$dir/watch"; fi
  if is_running; then
    port=$(<"$home/port")
    [[ -z $requested || $requested == "$port" ]] || die "already running on port $port, not $requested; stop it first"
  else
    make_home
    [[ -n $version ]] || make_cluster
    clear_remains
    choose_port
    until launch; do
      if [[ -z $requested ]] && ((tries-- > 0)) && grep -q 'Address already in use' "$home/log"; then
        port=$(free_port) && echo "$port" >"$home/port"
        continue
      fi
      tail -n 20 -- "$home/log" >&2
      die "PostgreSQL did not start; its log is $home/log"
    done
  fi
  ensure_database
  say "PostgreSQL runs on 127.0.0.1:$port, data in $home."
}

cluster_stop() {
  if is_running; then
    find_server "$(<"$data/PG_VERSION")"
    as_server "$bin/pg_ctl" stop -D "$data" -m "$mode" -w -t 60 >/dev/null 2>&1 </dev/null ||
      as_server "$bin/pg_ctl" stop -D "$data" -m immediate -w -t 60 >/dev/null 2>&1 </dev/null ||
      ! is_running || die "PostgreSQL did not stop; its log is $home/log"
    say "PostgreSQL has stopped."
  fi
}

cluster_status() {
  find_home
  is_running || { echo "PostgreSQL does not run in $home." && exit 3; }
  echo "PostgreSQL runs on 127.0.0.1:$(<"$home/port"), data in $home."
}

cluster_url() {
  find_home
  [[ -r $home/password && -r $home/port ]] || die "no cluster in $home yet (or it is another user's); start it first"
  echo "postgresql://openclaw${serving:+_serving}:$(<"$home/${serving:+serving-}password")@127.0.0.1:$(<"$home/port")/$database"
}

cluster_remove() {
  mode=immediate
  cluster_stop
  # An interrupted start may have left one that is not up yet.
  cluster_processes | xargs -r kill -KILL
  # Only what a cluster consists of: DIR may have been a directory with other things in it.
  rm -rf -- "$data" "$home/data.new" "$home"/{port,password,serving-password,log,log.old} "$dir"/{location,watch,lock}
  rmdir -- "$home" "$dir" /var/lib/openclaw-backend 2>/dev/null || true
}

# Number and start time together name a process for good; the number alone may be reused.
identity() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  # The command's name, in parentheses, may contain blanks; the start time is the 20th field after it.
  echo "$1@$(cut -d ' ' -f 20 <<<"${stat##*) }")"
}

start_watcher() {
  identity "$watch" >"$dir/watch" || die "there is no process $watch to watch"
  setsid "$root/scripts/postgres" watch --dir "$dir" --watch "$watch" ${throwaway:+--throwaway} \
    </dev/null >/dev/null 2>&1 9>&- &
}

cluster_watch() {
  local watched
  watched=$(<"$dir/watch")
  while [[ -e $dir/watch && $(identity "$watch") == "$watched" ]]; do sleep 0.5; done
  # Removed meanwhile: then not even the lock may be made again.
  [[ ! -e $dir/watch ]] || cluster_locked cluster_abandoned
}

cluster_abandoned() {
  # A later start may have made another process the one that counts.
  [[ $(cat "$dir/watch" 2>/dev/null) == "$watched" ]] || return 0
  if [[ -n $throwaway ]]; then cluster_remove; else cluster_stop; fi
}
