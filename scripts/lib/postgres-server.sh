# shellcheck shell=bash
# The PostgreSQL server programs of this machine.

readonly minimum_version=14

# Prints "MAJOR BINDIR" for each installed server, newest first.
installed_servers() {
  local bin version
  for bin in "$(pg_config --bindir 2>/dev/null)" /usr/lib/postgresql/*/bin "$(dirname -- "$(command -v postgres)")"; do
    [[ -x $bin/postgres && -x $bin/initdb ]] || continue
    version=$("$bin/postgres" --version) || continue
    [[ $version =~ \ ([0-9]+) ]] && echo "${BASH_REMATCH[1]} $bin"
  done | sort -rnu
}

# Sets $bin. An existing cluster opens only with the major version that made it.
find_server() {
  local wanted=${1:-} attempt major
  for attempt in as-is installed; do
    while read -r major bin; do
      ((major >= minimum_version)) || continue
      [[ -z $wanted || $wanted == "$major" ]] && return
    done < <(installed_servers)
    [[ $attempt == as-is ]] && { apt_install "postgresql${wanted:+-$wanted}" || break; }
  done
  [[ -z $wanted ]] || die "the data in ${home:-} was written by PostgreSQL $wanted, which is not installed here (Debian: postgresql-$wanted)"
  die "no PostgreSQL >= $minimum_version here, and it cannot be installed by this user; as root: apt-get install postgresql (or set DATABASE_URL to a server you have)"
}
