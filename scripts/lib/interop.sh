# shellcheck shell=bash
# The real OpenClaw, from npm, in a folder of its own: nothing of it belongs to the clone or to the machine.

readonly interop_node=24.21.0 interop_openclaw=2026.9.6 interop_protocol=2026.9.1

# bring_openclaw [VERSION [PROTOCOL]]: sets OPENCLAW_INTEROP_DIR, where the tests look for it, and what they need to know of the release.
bring_openclaw() {
  local version=${1:-$interop_openclaw} protocol=${2:-$interop_protocol}
  local dir=${OPENCLAW_INTEROP_DIR:-${TMPDIR:-/var/tmp}/openclaw-interop} release=openclaw
  [[ $version =~ ^[0-9]+(\.[0-9]+){2}(-[a-z0-9.]+)?$ ]] || usage_error "$version is no version of OpenClaw, such as $interop_openclaw"
  [[ $version == "$interop_openclaw" ]] || release=openclaw-$version
  # What is in it is run: it must not be somebody else's.
  mkdir -p -m 700 -- "$dir"
  [[ -O $dir ]] || die "$dir belongs to another user; name a folder of your own in OPENCLAW_INTEROP_DIR"
  command -v npm >/dev/null || die "npm is missing: the real OpenClaw comes from there (Debian: npm)"
  if [[ ! -x $dir/node/node_modules/.bin/node ]]; then
    say "Bringing Node $interop_node into $dir ..."
    npm_install "$dir/node" "node@$interop_node"
  fi
  if [[ ! -f $dir/$release/node_modules/openclaw/openclaw.mjs ]]; then
    say "Bringing OpenClaw $version into $dir ..."
    PATH=$dir/node/node_modules/.bin:$PATH npm_install "$dir/$release" --ignore-scripts "openclaw@$version"
  fi
  if ! grep -qs "\"version\": \"$protocol\"" "$dir/protocol/node_modules/@openclaw/gateway-protocol/package.json"; then
    say "Bringing the protocol's schema $protocol into $dir ..."
    npm_install "$dir/protocol" --ignore-scripts "@openclaw/gateway-protocol@$protocol"
  fi
  if ! grep -qs "\"version\": \"$protocol\"" "$dir/client/node_modules/@openclaw/gateway-client/package.json"; then
    say "Bringing the client library $protocol into $dir ..."
    npm_install "$dir/client" --ignore-scripts "@openclaw/gateway-client@$protocol"
  fi
  export OPENCLAW_INTEROP_DIR=$dir OPENCLAW_INTEROP_RELEASE=$release
}

# published VERSION: the day on which npm got it.
published() { npm view openclaw time --json | sed -nE "s/^ *\"${1//./\\.}\": \"([0-9-]{10})T.*/\1/p"; }

# npm_install FOLDER [arguments]: what is half there is removed.
npm_install() {
  mkdir -p -- "$1"
  npm install --prefix "$1" --no-audit --no-fund --loglevel error "${@:2}" >&2 || {
    rm -rf -- "$1"
    die "npm could not install ${*: -1}"
  }
}
