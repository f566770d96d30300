# shellcheck shell=bash
# A script that stays beside the process it runs: passes signals on, and its exit code.

# start_child COMMAND...: Ctrl-C and SIGTERM reach it as SIGTERM, the second one as SIGKILL. A child whose script was
# killed gets SIGTERM too. Descriptor 8 may hold the script's lock.
start_child() {
  local -a leash=()
  ! command -v setpriv >/dev/null || leash=(setpriv --pdeathsig TERM)
  "${leash[@]}" "$@" <&0 8>&- &
  child=$! child_signal=TERM
  trap stop_child INT TERM HUP
}

# shellcheck disable=SC2317 # called by the trap
stop_child() {
  interrupted=yes
  kill "-$child_signal" "$child" 2>/dev/null || true
  [[ $child_signal == KILL ]] || say 'Stopping ... (Ctrl-C once more: at once)'
  child_signal=KILL
}

child_runs() { kill -0 "$child" 2>/dev/null; }

# Returns the child's exit code.
wait_child() {
  local code
  interrupted=yes
  # A signal ends the wait, not the child.
  while [[ -n $interrupted ]]; do
    interrupted='' code=0
    wait "$child" || code=$?
  done
  return "$code"
}
