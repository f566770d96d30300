# shellcheck shell=bash
# The real OpenClaw, from npm, in a folder of its own: nothing of it belongs to the clone or to the machine.

readonly interop_node=24.21.0 interop_openclaw=2026.9.6

# Sets OPENCLAW_INTEROP_DIR, where the tests look for both.
bring_openclaw() {
  local dir=${OPENCLAW_INTEROP_DIR:-${TMPDIR:-/var/tmp}/openclaw-interop}
  command -v npm >/dev/null || die "npm is missing: the real OpenClaw comes from there (Debian: npm)"
  if [[ ! -x $dir/node/node_modules/.bin/node ]]; then
    say "Bringing Node $interop_node into $dir ..."
    npm_install "$dir/node" "node@$interop_node"
  fi
  if [[ ! -f $dir/openclaw/node_modules/openclaw/openclaw.mjs ]]; then
    say "Bringing OpenClaw $interop_openclaw into $dir ..."
    PATH=$dir/node/node_modules/.bin:$PATH npm_install "$dir/openclaw" --ignore-scripts "openclaw@$interop_openclaw"
  fi
  export OPENCLAW_INTEROP_DIR=$dir
}

# npm_install FOLDER [arguments]: what is half there is removed.
npm_install() {
  mkdir -p -- "$1"
  npm install --prefix "$1" --no-audit --no-fund --loglevel error "${@:2}" >&2 || {
    rm -rf -- "$1"
    die "npm could not install ${*: -1}"
  }
}
