# shellcheck shell=bash
# shellcheck disable=SC2154 # set by cluster.sh and cluster-load.sh
# What a cluster must survive.

readonly all_checks=(upgrade story killed frozen refused silent restart failover)

# A client that sends again once is never told no while nodes come and go in order, or one dies or has no database.
readonly once_more=2
# What hangs is noticed after a while: a client goes on asking.
readonly patient=12

# hello: opens the gateway's WebSocket through nginx, connects, and fails unless it is answered hello-ok.
hello() {
  local frame text='' character port=${door##*:}
  frame='{"type":"req","id":"1","method":"connect","params":{"minProtocol":3,"maxProtocol":4,"client":{"id":"test","version":"1.0.0","platform":"linux","mode":"test"},"scopes":["operator.read"],"auth":{"token":"'$token'"}}}'
  exec 7<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: b3BlbmNsYXctY2x1c3Rlcg==\r\n\r\n' "$port" >&7
  # A text of 126 bytes or more, under a mask of zeros.
  printf '\x81\xfe%b\0\0\0\0%s' "$(printf '\\x%02x\\x%02x' $((${#frame} / 256)) $((${#frame} % 256)))" "$frame" >&7
  while [[ $text != *'"hello-ok"'* ]] && LC_ALL=C IFS= read -r -t 10 -N 1 character <&7; do text+=$character; done 2>/dev/null
  exec 7>&-
  [[ $text == *'"hello-ok"'* ]]
}

# expect NAME WANTED GOT
expect() { [[ $3 == "$2" ]] || { figures="$1: $3 instead of $2" && return 1; }; }

check_story() {
  local agent
  agent=$(request POST /agents '{"name":"Ada","model":"local/echo"}' | field id) || { figures='create was refused' && return 1; }
  expect provision running "$(request POST "/agents/$agent/provision" '' | field status)" &&
    expect message 'echo (no model behind this): Good morning!' "$(request POST "/agents/$agent/message" '{"message":"Good morning!"}' | field response)" &&
    expect heartbeat 'The heart has beaten.' "$(request POST "/agents/$agent/heartbeat" '' | field message)" &&
    expect pause paused "$(request POST "/agents/$agent/pause" '' | field status)" &&
    expect resume running "$(request POST "/agents/$agent/resume" '' | field status)" || return 1
  hello || { figures='the gateway did not say hello' && return 1; }
  figures='create, provision, message, heartbeat, pause, resume, gateway'
}

check_killed() {
  start_load killed "$once_more"
  sleep 3
  signal KILL "$cluster/node-2.process"
  sleep 8
  start_node 2 "$app"
  await_node 2
  judge_load
}

check_frozen() {
  start_load frozen "$patient"
  sleep 3
  signal STOP "$cluster/node-1.process"
  sleep 20
  signal CONT "$cluster/node-1.process"
  await_node 1
  judge_load
}

# Node 3 is refused by its pooler; the proxy asks another one.
check_refused() {
  start_load refused "$once_more"
  sleep 3
  signal KILL "$cluster/pool-3.process"
  sleep 12
  start_pool 3
  await_node 3
  judge_load
}

# Node 3's pooler takes what it is sent, and says nothing.
check_silent() {
  start_load silent "$patient"
  sleep 3
  signal STOP "$cluster/pool-3.process"
  sleep 20
  signal CONT "$cluster/pool-3.process"
  await_node 3
  judge_load
}

# roll: each node in turn is stopped, and started as this build.
roll() {
  local node
  for node in "${nodes[@]}"; do
    end 40 "$cluster/node-$node.process"
    start_node "$node" "$app"
    await_node "$node"
  done
}

check_restart() {
  start_load restart "$once_more"
  sleep 2
  roll
  sleep 2
  judge_load
}

# All nodes are those of the earlier build, on a database that it made.
check_upgrade() {
  start_load upgrade "$once_more"
  sleep 2
  roll
  sleep 2
  judge_load && figures+="; from $earlier"
}

# follow SERVER: makes it a synchronous standby of the primary; a commit is acknowledged when the standby shows it.
follow() {
  local dir home data bin source source_port
  source=$(postgres_home)
  source_port=$(<"$source/port")
  [[ ! -d $cluster/postgres-$1 ]] || postgres remove "$1"
  find_server "$(<"$source/data/PG_VERSION")"
  dir=$cluster/postgres-$1
  find_home
  make_home
  cp -p -- "$source/password" "$source/serving-password" "$home/"
  (cd / && PGPASSWORD=$(<"$source/password") as_server "$bin/pg_basebackup" -h 127.0.0.1 -p "$source_port" -U openclaw -D "$home/data" -R -X stream -c fast) ||
    return 1
  postgres start "$1" --max-connections 200
  primary_sql "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'"
  primary_sql "ALTER SYSTEM SET synchronous_commit = 'remote_apply'"
  primary_sql 'SELECT pg_reload_conf()' >/dev/null
  await 30 is_followed
}

is_followed() { [[ $(primary_sql "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'") == 1 ]]; }

check_failover() {
  local old new=b node began away
  old=$(primary)
  [[ $old == a ]] || new=a
  follow "$new" || { figures='the standby does not follow' && return 1; }
  start_load failover 60
  sleep 5
  began=$(date +%s%3N)
  postgres stop "$old" --mode immediate
  echo "$new" >"$cluster/primary"
  [[ $(primary_sql 'SELECT pg_promote()') == t ]] || { figures='the standby was not promoted' && return 1; }
  for node in "${nodes[@]}"; do
    pool_settings "$node"
    signal HUP "$cluster/pool-$node.process"
  done
  await 60 node_is_ready 1 || { figures='no node came back' && return 1; }
  away=$(($(date +%s%3N) - began))
  for node in "${nodes[@]}"; do await_node "$node"; done
  sleep 5
  judge_load && figures+="; away for $away ms"
  local code=$?
  postgres remove "$old"
  return "$code"
}

# build_earlier REV: sets $earlier and $earlier_app.
build_earlier() {
  local tree=$cluster/earlier
  [[ -z $packaged ]] || die "an upgrade is tested in a clone; leave it out with --only"
  earlier=$(git -C "$root" rev-parse --short "$1^{commit}") || die "$1 is no commit of this clone"
  earlier_app=$cluster/builds/$earlier
  [[ ! -e $earlier_app/OpenClaw.Web.dll ]] || return 0
  git -C "$root" worktree add -q --force --detach "$tree" "$earlier"
  publish "$(realpath -m --relative-to="$root" "$tree/OpenClaw.Web/OpenClaw.Web.csproj")" "$earlier_app"
  git -C "$root" worktree remove --force "$tree"
}

# A check begins with all nodes well.
run_check() {
  local outcome=ok node
  figures=''
  for node in "${nodes[@]}"; do await_node "$node"; done
  "check_$1" || outcome=FAILED
  stop_load
  printf '%-9s %-6s %s\n' "$1" "$outcome" "$figures"
  [[ $outcome == ok ]] || failures+=("$1")
}

# shellcheck disable=SC2317 # called by the trap
leave_test() {
  stop_load
  [[ ! -e $cluster/earlier ]] || git -C "$root" worktree remove --force "$cluster/earlier"
  if ((${#failures[@]})) || [[ -z ${finished:-} ]]; then
    cluster_down
    say "Logs: $cluster/node-*/log, $cluster/load"
  else
    cluster_remove_all
    rm -rf -- "$cluster"
  fi
}

cluster_test() {
  local round check start
  local -a checks=("${all_checks[@]}")
  failures=()
  [[ -z $only ]] || IFS=, read -r -a checks <<<"$only"
  for check in "${checks[@]}"; do
    [[ " ${all_checks[*]} " == *" $check "* ]] || usage_error "$check is no check; they are ${all_checks[*]}"
  done
  require_programs
  find_client
  export PATH=$bin:$PATH PGCONNECT_TIMEOUT=10
  build_service
  trap leave_test EXIT
  trap 'exit 130' INT TERM HUP
  for ((round = 1; round <= times; round++)); do
    cluster_remove_all
    mkdir -p -- "$cluster"
    start=$app
    [[ " ${checks[*]} " != *' upgrade '* ]] || { build_earlier "$upgrade_from" && start=$earlier_app; }
    start_all "$start"
    prepare_load
    ((times == 1)) || echo "round $round of $times"
    for check in "${checks[@]}"; do run_check "$check"; done
  done
  finished=yes
  echo "${#failures[@]} failed"
  ((${#failures[@]} == 0))
}
