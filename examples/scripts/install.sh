#!/usr/bin/env bash
# Installs what a release brings along for an empty database into a Neo4j home, before its first start.
#
#   install.sh <release folder> <neo4j home> [--yes | --no]
#
# A bundled backup is restored at the first start if the answer is yes. If it is no, or there is none, initial_data.cypher is executed
# there, if the release has one. A database that has nodes is not touched, whatever the answer was.
set -euo pipefail

if [ $# -lt 2 ]; then
  echo "usage: install.sh <release folder> <neo4j home> [--yes | --no]" >&2
  exit 2
fi
bundle=$1/neo4j/fullbackup
home=$2
answer=${3:-}
case $answer in
  '' | --yes | --no) ;;
  *) echo "install.sh: '$answer' is neither --yes nor --no" >&2; exit 2 ;;
esac

mkdir -p "$home/fullbackup" "$home/conf"
conf=$home/conf/ign-backup.conf
if grep -qsE '^ *(initial_restore|initial_data) *=' "$conf"; then
  echo "install.sh: $conf says already what is to be done; nothing was changed" >&2
  exit 1
fi

if [ -f "$bundle/initial_data.cypher" ]; then
  cp "$bundle/initial_data.cypher" "$home/fullbackup/"
  echo "initial_data = initial_data.cypher" >> "$conf"
fi

if [ -f "$bundle/initial_backup.json" ]; then
  cp "$bundle"/initial_backup.json* "$home/fullbackup/"
  if [ -z "$answer" ]; then
    read -r -p "Restore initial data from bundled backup? [y/N] " reply || reply=no
    case $reply in [yY]*) answer=--yes ;; *) answer=--no ;; esac
  fi
  if [ "$answer" = --yes ]; then
    echo "initial_restore = auto" >> "$conf"
  else
    echo "initial_restore = off" >> "$conf"
  fi
else
  echo "There is no bundled backup in $bundle"
fi
