# shellcheck shell=bash
# shellcheck disable=SC2154 # set by cluster.sh
# Messages that are sent all the while through nginx, and what became of each.

readonly senders=(1 2 3 4)

# request METHOD PATH BODY [arguments of curl]: prints the answer; fails when it is none of 2xx.
request() {
  curl -sS --fail-with-body -m 90 -X "$1" "$door/api/v1$2" -H @"$cluster/load/header" -H 'Content-Type: application/json' ${3:+--data "$3"} "${@:4}"
}

# field NAME: of the JSON on stdin, the first that is so named.
field() { grep -oE "\"$1\": ?\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

# One agent for each sender, made through nginx.
prepare_load() {
  local sender
  mkdir -p -- "$cluster/load"
  (umask 077 && printf 'Authorization: Bearer %s\n' "$token" >"$cluster/load/header")
  for sender in "${senders[@]}"; do
    request POST /agents/provision "{\"name\":\"Sender $sender\",\"model\":\"local/echo\"}" | field id >"$cluster/load/agent-$sender"
    [[ -s $cluster/load/agent-$sender ]] || die "no agent could be provisioned; the logs are $cluster/node-*/log"
  done
}

# keep_sending CHECK SENDER TRIES: writes a line for each message: content, whether it was accepted, tries, milliseconds. A message that
# is tried again has the same Idempotency-Key.
keep_sending() {
  local number=0 agent content try accepted began
  agent=$(<"$cluster/load/agent-$2")
  while [[ ! -e $cluster/load/stop ]]; do
    content=$1-$2-$((number += 1)) accepted=f began=$(date +%s%3N)
    for ((try = 1; try <= $3; try++)); do
      case $(curl -s -m 10 -o "$cluster/load/answer-$2" -w '%{http_code}' -H @"$cluster/load/header" -H 'Content-Type: application/json' \
        -H "Idempotency-Key: $content" --data "{\"message\":\"$content\"}" "$door/api/v1/agents/$agent/message") in
        200 | 202) accepted=t && break ;;
        *) printf '%s try %s: ' "$content" "$try" && tail -c 500 "$cluster/load/answer-$2" 2>/dev/null && echo ;;
      esac >>"$cluster/load/refused"
      sleep 0.5
    done
    printf '%s\t%s\t%s\t%s\n' "$content" "$accepted" "$try" "$(($(date +%s%3N) - began))"
  done >"$cluster/load/sent-$2"
}

# start_load CHECK TRIES
start_load() {
  local sender
  load=$1-$(date +%s) load_processes=()
  rm -f -- "$cluster/load/stop" "$cluster/load/"sent-*
  for sender in "${senders[@]}"; do
    keep_sending "$load" "$sender" "$2" </dev/null &
    load_processes+=($!)
  done
}

stop_load() {
  [[ -z ${load_processes:-} ]] || { : >"$cluster/load/stop" && wait "${load_processes[@]}" || true; }
  load_processes=()
}

# Prints "lost doubled": accepted messages without an answer, and messages that are there, or were answered, more than once.
count_outcomes() {
  {
    echo 'CREATE TEMP TABLE sent (content text, accepted boolean); COPY sent FROM STDIN;'
    cat -- "$cluster/load/"sent-* | cut -f 1,2
    echo '\.'
    cat <<'SQL'
WITH told AS (SELECT id, content FROM openclaw_system.notifications WHERE reply_to IS NULL),
     fate AS (SELECT sent.content, sent.accepted, count(DISTINCT told.id) AS messages, count(reply.id) AS replies
              FROM sent LEFT JOIN told USING (content) LEFT JOIN openclaw_system.notifications reply ON reply.reply_to = told.id
              GROUP BY sent.content, sent.accepted)
SELECT count(*) FILTER (WHERE accepted AND replies = 0), count(*) FILTER (WHERE messages > 1 OR replies > 1) FROM fate;
SQL
  } | psql -X -Atq -F ' ' -v ON_ERROR_STOP=1 -d "$(postgres url "$(primary)")"
}

all_answered() { [[ $(count_outcomes) == '0 '* ]]; }

# judge_load: ends it, and sets $figures. Fails if a message was lost, doubled, or not accepted in the tries it had.
judge_load() {
  local lost doubled accepted refused again slowest
  stop_load
  await 120 all_answered || true
  read -r lost doubled < <(count_outcomes)
  read -r accepted refused again slowest < <(cat -- "$cluster/load/"sent-* |
    awk -F '\t' '{ if ($2 == "t") a++; else r++; if ($3 > 1) m++; if ($4 > s) s = $4 } END { print a + 0, r + 0, m + 0, s + 0 }')
  figures="$accepted messages: $lost lost, $doubled doubled, $refused refused; $again tried again, the slowest took $slowest ms"
  ((accepted > 0 && lost == 0 && doubled == 0 && refused == 0))
}
