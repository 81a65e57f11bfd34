// Deletes everything, so that nothing of the sample is left when the restore begins.
DROP CONSTRAINT function_name;
DROP INDEX pattern_seen;
DROP INDEX function_text;
DROP INDEX session_place;
MATCH (n) DETACH DELETE n;
