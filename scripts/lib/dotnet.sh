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

# Compilers stay running for the next build; they must not hold on to a lock (descriptor 8) of the script that started them.
run_dotnet() {
  local output name=${2##*/}
  say "Building ${name%.*} ..."
  output=$(dotnet "$1" "$root/$2" -v q --nologo "${@:3}" 2>&1 8>&-) || {
    say "$output"
    return 1
  }
}
