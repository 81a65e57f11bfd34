// Everything that is in the graph, in an order of its own: two graphs that answer the same are the same.

CALL db.awaitIndexes();

MATCH (n) WITH count(n) AS nodes
OPTIONAL MATCH ()-[r]->() WITH nodes, count(r) AS relationships
RETURN nodes + ' nodes and ' + relationships + ' relationships' AS counts;

MATCH (n)
RETURN 'nodes' AS what, labels(n) AS of, count(*) AS number ORDER BY of;

MATCH ()-[r]->()
RETURN 'relationships' AS what, type(r) AS of, count(*) AS number ORDER BY of;

MATCH (n)
UNWIND keys(n) AS key
RETURN labels(n) AS of, n.name AS name, key, valueType(n[key]) AS type, n[key] AS value ORDER BY of, n.id, key;

MATCH (a)-[r]->(b)
RETURN a.name AS from, type(r) AS of, b.name AS to ORDER BY of, from, to;

MATCH (a)-[r]->(b)
UNWIND keys(r) AS key
RETURN a.name AS from, type(r) AS of, b.name AS to, key, valueType(r[key]) AS type, r[key] AS value ORDER BY of, from, to, key;

SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, state, owningConstraint
RETURN name, type, entityType, labelsOrTypes, properties, state, owningConstraint ORDER BY name;

SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties
RETURN name, type, entityType, labelsOrTypes, properties ORDER BY name;
