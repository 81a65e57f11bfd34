#!/usr/bin/env bash
# Makes a backup of one tier, for cron, systemd and other schedulers; ends with exit code 0 if it was made and read back, and with that of
# 'ign backup create' otherwise.
#
#   backup.sh <tier> [option of 'ign backup create' ...]
#   backup.sh pre-upgrade --pin
#
# Needs ign on the PATH, and its login in NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD.
set -euo pipefail

if [ $# -lt 1 ] || [ -z "$1" ] || [ "${1#-}" != "$1" ]; then
  echo "usage: backup.sh <manual | auto | daily | weekly | monthly | pre-upgrade> [option of 'ign backup create' ...]" >&2
  exit 2
fi
tier=$1
shift

exec ign backup create --tier "$tier" --reason "backup.sh $tier" "$@"
