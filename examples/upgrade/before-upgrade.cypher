// Before the first step of an upgrade; the upgrade must not begin when this fails. Note the file for rollback.cypher.
//
//   cypher-shell --fail-fast -P "{version: '1.5.0'}" -f before-upgrade.cypher
CALL ign.backup.create('Pre-upgrade backup before v' + $version, {tier: 'pre-upgrade', pin: true, failOnError: true})
YIELD file, path, node_count, relationship_count;
