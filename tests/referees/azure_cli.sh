#!/usr/bin/env bash
# The real Azure CLI and `sentinel-gen deploy` against the loopback cloud of the referees: starts it, then azure_cli.py in it.
#
# AZ            the az command                   (default: az on PATH)
# SENTINEL_GEN  the program                      (default: target/debug/sentinel-gen)
# Arguments go to azure_cli.py.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
loopback=$root/../shared/az-loopback

if [ -n "${LOOPBACK_ARGUMENTS:-}" ]; then # the second start, by run-az.sh, with everything set up
    eval "set -- $LOOPBACK_ARGUMENTS"
    exec python3 -B "$here/azure_cli.py" "$@"
fi
if [ ! -d "$root/../shared" ]; then
    echo "skipped: the referees are not beside the project (../shared)"
    exit 77
fi
az=$(command -v "${AZ:-az}") || { echo "FAIL stage: there is no az; set AZ"; exit 1; }
STATE=$(mktemp -d)
trap 'rm -rf "$STATE"' EXIT
mkdir "$STATE/bin" "$STATE/tmp"
# Every az that anyone starts says here what it was started with: no secret may be among it.
cat >"$STATE/bin/az" <<EOF
#!/bin/sh
printf '%s\n' "\$*" >>"$STATE/argv.log"
exec "$az" "\$@"
EOF
chmod +x "$STATE/bin/az"
export STATE AZ="$STATE/bin/az" PATH="$STATE/bin:$PATH" TMPDIR="$STATE/tmp"
export SENTINEL_GEN="${SENTINEL_GEN:-$root/target/debug/sentinel-gen}"
LOOPBACK_ARGUMENTS=$(printf '%q ' -- "$@")
export LOOPBACK_ARGUMENTS=${LOOPBACK_ARGUMENTS#-- }
[ -n "$LOOPBACK_ARGUMENTS" ] || LOOPBACK_ARGUMENTS=" "
bash "$loopback/run-az.sh" --script "$here/azure_cli.sh"
