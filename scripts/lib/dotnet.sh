# shellcheck shell=bash
# shellcheck disable=SC2154 # root is set by common.sh
# The .NET SDK, and the engine that the build uses (docs/decisions tells why there are two).

readonly probe_timeout=20

require_dotnet() {
  command -v dotnet >/dev/null || [[ ! -x ${HOME:-}/.dotnet/dotnet ]] || PATH=$HOME/.dotnet:$PATH
  # Run in the clone, so that global.json decides which SDKs will do.
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    die "the .NET 10 SDK is missing: get it from https://dotnet.microsoft.com/download/dotnet/10.0
  or without root: curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
}

# Fetches the real Hangfire if the feed has it; Directory.Build.props then takes it from the package cache.
# Sets engine to packages or compat.
choose_engine() {
  local reason probe=$root/scripts/HangfireProbe/HangfireProbe.csproj
  if [[ -n ${UseHangfirePackages:-} ]]; then
    [[ $UseHangfirePackages == true ]] && engine=packages || engine=compat
    say "Engine: UseHangfirePackages=$UseHangfirePackages, as set."
  elif timeout "$probe_timeout" dotnet restore "$probe" -v q >/dev/null 2>&1 8>&-; then
    engine=packages
    say "Engine: Hangfire's packages."
  else
    (($? == 124)) && reason="the package feed did not answer within $probe_timeout s" || reason="the package feed has no Hangfire"
    # shellcheck disable=SC2034 # read by scripts/bench
    engine=compat
    say "Engine: compat/ ($reason)."
  fi

  # The build takes Twilio's package where the cache holds it afterwards, and compat/Twilio where not.
  [[ -n ${UseTwilioPackage:-} ]] || timeout "$probe_timeout" dotnet restore "$root/scripts/TwilioProbe/TwilioProbe.csproj" -v q >/dev/null 2>&1 8>&- || true
}

# build PROJECT [arguments of dotnet build]: says nothing more when it goes well. Compilers stay running for the
# next build; they must not hold on to a lock (descriptor 8) of the script that started them.
build() {
  local output name=${1##*/}
  say "Building ${name%.*} ..."
  output=$(dotnet build "$root/$1" -v q --nologo "${@:2}" 2>&1 8>&-) || {
    say "$output"
    return 1
  }
}
