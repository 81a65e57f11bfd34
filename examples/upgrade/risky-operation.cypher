// A backup, and then something that may go wrong half-way. With --fail-fast nothing is done without the backup; when a later statement
// fails, rollback.cypher with the file that is shown brings the graph back. The backup is pinned, so that no other displaces it; when all is well,
// ign.backup.unpin lets it go.
//
//   cypher-shell --fail-fast -f risky-operation.cypher
CALL ign.backup.create('Before pattern analysis update', {pin: true, failOnError: true})
YIELD file;

MATCH (pattern:Pattern)
CALL (pattern) { SET pattern.analysed = true } IN TRANSACTIONS OF 1000 ROWS;
