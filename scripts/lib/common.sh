# shellcheck shell=bash
# Shared by everything in scripts/: where the clone is, how to speak, and how to get prerequisites.

# shellcheck disable=SC2034 # used by what sources this file
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly root

# Without the libicu that a Debian may lack the SDK ends at once; nothing here needs it.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

# Progress goes to stderr, so that stdout stays what a command was asked for.
say() { printf '%s\n' "$*" >&2; }
die() {
  say "${0##*/}: $*"
  exit 1
}
usage_error() {
  say "${0##*/}: $*"
  say "Try '${0##*/} --help'."
  exit 2
}

# port_is_taken ADDRESS PORT: whether something listens there.
port_is_taken() { (: <"/dev/tcp/$1/$2") 2>/dev/null; }

is_root() { [[ $(id -u) -eq 0 ]]; }

# apt_install PACKAGE...: installs Debian packages where this user may; fails quietly where not.
apt_install() {
  command -v apt-get >/dev/null || return 1
  local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  if ! is_root; then
    sudo -n true 2>/dev/null || return 1
    apt=(sudo -n "${apt[@]}")
  fi
  say "Installing Debian's $* ..."
  "${apt[@]}" update >&2 && "${apt[@]}" install -y "$@" >&2
}
