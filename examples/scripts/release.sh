#!/usr/bin/env bash
# Makes a release package that brings the graph of a running server along, as neo4j/fullbackup/initial_backup.json.
#
#   release.sh 1.5.0 /srv/release          makes /srv/release/release-v1.5.0.tar.gz
#
# Needs cypher-shell, with its login in NEO4J_ADDRESS, NEO4J_USERNAME and NEO4J_PASSWORD, on the machine of the server, and the server's
# setting release_root: that folder, or one above it.
set -euo pipefail

if [ $# -ne 2 ]; then
  echo "usage: release.sh <version> <release folder>" >&2
  exit 2
fi
version=$1
release=$2

cypher-shell --fail-fast --format plain \
  -P "{reason: 'Release v$version distribution backup', to: '$release/neo4j/fullbackup'}" \
  "CALL ign.backup.create(\$reason, {pin: true, failOnError: true}) YIELD file
   CALL ign.backup.init({from: file, to: \$to, failOnError: true}) YIELD message
   RETURN message"

(cd "$release/neo4j/fullbackup" && sha256sum --check --quiet initial_backup.json.sha256)
tar -czf "$release/release-v$version.tar.gz" -C "$release" neo4j
echo "Made $release/release-v$version.tar.gz"
