# Sourced by app/run and tests/run, with $root set: the packages and the build they share.

say ()
{
  echo "$*" >&2
}

# list_packages GROUP...: the names in these sections of packages.txt.
list_packages ()
{
  awk -v groups=" $* " '
    /^\[/ { listed = index (groups, " " substr ($0, 2, length ($0) - 2) " "); next }
    listed && /^[a-z0-9]/ { print $1 }
  ' "$root/resources/packages.txt"
}

# Those of the packages given that are not installed.
list_missing ()
{
  { dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } |
    awk -v wanted="$*" '
      $1 == "installed" { there[$2] = 1 }
      END { n = split (wanted, names, " "); for (i = 1; i <= n; i++) if (!there[names[i]]) print names[i] }
    '
}

# install_packages GROUP...: does nothing, and asks nobody, when all is there.
install_packages ()
{
  stamp="$root/build/.packages-$(echo "$*" | tr ' ' '-')"
  # The package database has not changed since it was last found complete.
  if [ -e "$stamp" ] && [ "$stamp" -nt /var/lib/dpkg/status ] && [ "$stamp" -nt "$root/resources/packages.txt" ]; then
    return 0
  fi

  missing=$(list_missing $(list_packages "$@") | tr '\n' ' ')
  if [ -n "$missing" ]; then
    fetch_packages $missing
  fi
  mkdir -p "$root/build"
  : > "$stamp"
}

fetch_packages ()
{
  install="apt-get install -y --no-install-recommends $*"
  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo > /dev/null && { sudo -n true 2> /dev/null || [ -t 0 ]; }; then
    as_root=sudo
  else
    say "Some Debian packages are missing. Install them with this line, then try again:"
    say "su - -c 'apt-get update && $install'"
    exit 1
  fi

  say "Installing Debian packages: $*"
  apt_log=$(mktemp)
  if ! { apt_get update && apt_get install -y --no-install-recommends "$@"; } > "$apt_log" 2>&1; then
    cat "$apt_log" >&2
    say "The packages could not be installed."
    rm -f "$apt_log"
    exit 1
  fi
  rm -f "$apt_log"
}

apt_get ()
{
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" < /dev/null
}

# build_in FOLDER TARGET [MESON-OPTION...]: configures once, builds what changed, quiet unless it fails.
build_in ()
{
  folder=$1
  target=$2
  shift 2
  mkdir -p "$folder"
  (
    # Two starts at once must not build into one folder.
    flock 9
    if [ ! -e "$folder/build.ninja" ]; then
      say "Configuring and building; the first time takes a few minutes."
      if ! meson setup "$folder" "$root" "$@" > "$folder/setup.log" 2>&1 < /dev/null; then
        cat "$folder/setup.log" >&2
        exit 1
      fi
    fi
    if ! ninja --quiet -C "$folder" "$target" > "$folder/build.log" 2>&1 < /dev/null; then
      cat "$folder/build.log" >&2
      exit 1
    fi
  ) 9> "$folder/.lock"
}
