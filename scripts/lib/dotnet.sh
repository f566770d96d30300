# shellcheck shell=bash
# shellcheck disable=SC2154 # root is set by common.sh
# The .NET SDK, and how it builds.

require_dotnet() {
  command -v dotnet >/dev/null || [[ ! -x ${HOME:-}/.dotnet/dotnet ]] || PATH=$HOME/.dotnet:$PATH
  # Run in the clone, so that global.json decides which SDKs will do.
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    die "the .NET 10 SDK is missing: get it from https://dotnet.microsoft.com/download/dotnet/10.0
  or without root: curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

# build PROJECT [arguments of dotnet build]: says nothing more when it goes well.
build() { run_dotnet build "$@"; }

# publish PROJECT FOLDER: the same, compiled ahead of time for this machine, so that it starts quickly.
publish() { run_dotnet publish "$1" -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o "$2"; }

# compile_ahead FOLDER: natively, what a service there compiles anew at each of its starts, and tests start it hundreds of
# times. Without the compiler (restored with the tests) or for a library that is native already, it stays as it is.
compile_ahead() {
  local packages tool runtimes references=("$1/*.dll") names
  packages=$(dotnet nuget locals global-packages --list) && packages=${packages#*: }
  tool=$(find "${packages%/}" -path '*/microsoft.netcore.app.crossgen2.*/tools/*' -name crossgen2 2>/dev/null | sort -V | tail -n 1)
  [[ -x $tool ]] || return 0
  runtimes=$(cd "$root" && dotnet --list-runtimes | sed -nE 's#^Microsoft\.(NETCore|AspNetCore)\.App (10\.[^ ]+) \[(.*)\]$#\3/\2/*.dll#p')
  mapfile -t names < <(cd "$1" && ls OpenClaw.{Data,Jobs,Web}.dll Npgsql*.dll Hangfire*.dll Newtonsoft.Json.dll OpenTelemetry*.dll ModelContextProtocol*.dll \
    Microsoft.EntityFrameworkCore{,.Abstractions,.Relational}.dll Microsoft.{OpenApi,AspNetCore.OpenApi,Extensions.AI.Abstractions}.dll 2>/dev/null)
  mapfile -t -O 1 references <<<"$runtimes"
  say 'Compiling ahead ...'
  # shellcheck disable=SC2016 # Those are the inner shell's.
  printf '%s\n' "${names[@]}" | xargs -P 2 -I{} sh -c '
    name=$1 folder=$2 tool=$3 && shift 3
    if "$tool" "$folder/$name" -o "$folder/$name.ahead" --targetos linux -O "$@" >/dev/null 2>&1; then mv -- "$folder/$name.ahead" "$folder/$name"; fi' \
    _ {} "$1" "$tool" "${references[@]/#/-r:}"
}

# Compilers stay running for the next build; they must not hold on to a lock (descriptor 8) of the script that started them.
run_dotnet() {
  local name=${2##*/} log code=0 began=$SECONDS
  name=${name%.*}
  log=$(mktemp -t openclaw-build.XXXXXX)
  say "Building $name ..."
  dotnet "$1" "$root/$2" -v minimal --nologo "${@:3}" >"$log" 2>&1 8>&- &
  watch_build "$name" "$log" $! || code=$?
  ((code == 0)) || cat -- "$log" >&2
  rm -f -- "$log"
  ((code == 0)) || return "$code"
  ((SECONDS - began < 5)) || say "Built $name in $((SECONDS - began)) s."
}

# watch_build NAME LOG PROCESS: says how long it has been at it, and what is done: in place on a terminal, elsewhere each
# half a minute. Returns the build's exit code.
watch_build() {
  local began=$SECONDS next=1 every=1 code=0 stopped='' trapped state
  [[ -t 2 ]] || { next=30 every=30; }
  trapped=$(trap -p INT TERM)
  # A signal that comes to this script alone must not leave the build behind.
  trap 'stopped=yes; kill "$3" 2>/dev/null' INT TERM
  while kill -0 "$3" 2>/dev/null; do
    sleep 0.2
    ((SECONDS - began >= next)) || continue
    next=$((SECONDS - began + every))
    state=$(build_progress "$2")
    if [[ -t 2 ]]; then printf '\r\033[K  %d s: %s' "$((SECONDS - began))" "$state" >&2; else say "  $((SECONDS - began)) s: $state"; fi
  done
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
  wait "$3" || code=$?
  trap - INT TERM
  eval "$trapped"
  [[ -z $stopped ]] || exit 130
  return "$code"
}

# build_progress LOG: what the last line of a build that means something means.
build_progress() {
  local projects
  projects=$(sed -nE 's/^ +([A-Za-z.]+) -> .*\.dll$/\1/p' "$1" | tail -n 1)
  if [[ -n $projects ]]; then
    echo "$projects is built"
  elif grep -qE '^ +(Restored|All projects are up-to-date)' "$1"; then
    echo 'packages are there, compiling'
  else
    echo 'fetching packages'
  fi
}
