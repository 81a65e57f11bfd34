// Deletes everything, so that nothing of the sample is left when the restore begins.
DROP CONSTRAINT function_name;
DROP INDEX pattern_seen;
DROP INDEX function_text;
DROP INDEX session_place;
MATCH (n) DETACH DELETE n;

MATCH (n) WITH count(n) AS nodes
OPTIONAL MATCH ()-[r]->() WITH nodes, count(r) AS relationships
RETURN nodes + ' nodes and ' + relationships + ' relationships' AS counts;
