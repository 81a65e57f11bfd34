// A backup, an import in many transactions, and another backup if the import has changed enough. With --fail-fast nothing is imported
// without the first backup; when the import fails, ../upgrade/rollback.cypher with the file that is shown brings the graph back.
//
//   cypher-shell --fail-fast -P "{url: 'file:///patterns.csv'}" -f bulk-import.cypher
CALL ign.backup.create('Before bulk import of new patterns', {failOnError: true})
YIELD file;

LOAD CSV WITH HEADERS FROM $url AS row
CALL (row) {
  MERGE (pattern:Pattern {name: row.name})
  SET pattern.uses = toInteger(row.uses)
} IN TRANSACTIONS OF 1000 ROWS;

CALL ign.backup.auto({failOnError: true})
YIELD created, message;
