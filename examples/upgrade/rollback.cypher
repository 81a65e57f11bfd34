// When a step of the upgrade, or of a risky operation, has failed.
//
//   cypher-shell --fail-fast -d system -P "{file: 'ign_scripts_db_backup_20250128_143022.json'}" -f rollback.cypher
CALL ign.backup.restore($file, {confirm: true, failOnError: true})
YIELD state, message, lost_transactions;
