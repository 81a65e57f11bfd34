// A small graph of an invented kind: functions of a scripting language, templates that use them,
// patterns that were seen in scripts, and the sessions in which people worked with them.
// 733 nodes, and among the values every kind that JSON alone would lose.

CREATE CONSTRAINT function_name FOR (f:Function) REQUIRE f.name IS UNIQUE;
CREATE INDEX pattern_seen FOR (p:Pattern) ON (p.last_seen);
CREATE FULLTEXT INDEX function_text FOR (f:Function) ON EACH [f.name, f.description];
CREATE POINT INDEX session_place FOR (s:Session) ON (s.place);

WITH ['tag', 'db', 'file', 'util', 'net', 'report', 'alarm', 'user', 'date', 'math', 'text', 'color'] AS modules,
     ['read', 'write', 'find', 'list', 'open', 'close', 'copy', 'move', 'parse', 'format', 'check', 'count', 'add', 'drop',
      'start', 'stop', 'watch', 'merge', 'split', 'sort', 'filter', 'map', 'load', 'save', 'send', 'wait', 'lock', 'free',
      'scan', 'join', 'swap', 'trim', 'rank', 'log', 'test'] AS verbs
UNWIND range(0, size(modules) - 1) AS m
UNWIND range(0, size(verbs) - 1) AS v
CREATE (:Function {
  id: m * size(verbs) + v,
  name: 'system.' + modules[m] + '.' + verbs[v],
  category: modules[m] + '_operations',
  description: 'Does "' + verbs[v] + '" for ' + modules[m] + ' – quickly, and without surprises.',
  usage_count: (m * 31 + v * 17) % 211,
  deprecated: v % 29 = 0,
  parameters: CASE v % 3 WHEN 0 THEN ['path', 'value'] WHEN 1 THEN ['path'] ELSE ['timeout', 'path', 'default'] END,
  embedding: [i IN range(0, 39) | ((m * 7 + v * 13 + i * i) % 100) / 100.0 - 0.5]
});

UNWIND range(0, 66) AS i
CREATE (:Template {
  id: i,
  name: 'template-' + i,
  since: date({year: 2024, month: 1, day: 1}) + duration({days: i * 9}),
  runs_at: localtime({hour: i % 24, minute: (i * 7) % 60}),
  takes: duration({months: i % 3, days: i % 5, seconds: i * 61, nanoseconds: 250000000})
});

UNWIND range(0, 155) AS i
CREATE (:Pattern {
  id: i,
  name: 'pattern-' + i,
  success_rate: (i % 20) / 20.0,
  last_seen: localdatetime({year: 2025, month: 1, day: 28, hour: 14, minute: i % 60, second: 22}) - duration({hours: i * 5})
});

UNWIND range(0, 88) AS i
CREATE (:Session {
  id: i,
  name: 'session-' + i,
  started: datetime({year: 2025, month: 3, day: 30, hour: i % 24, minute: 30, second: 7, nanosecond: 123456789,
                     timezone: ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', '+05:45'][i % 4]}),
  place: point({longitude: 13.4 + i / 100.0, latitude: 52.5 - i / 200.0}),
  desk: point({x: i * 1.5, y: i * 2.5, z: 1.0})
});

MATCH (t:Template), (f:Function)
WHERE f.id % 67 = t.id OR (f.id + 5) % 67 = t.id
CREATE (t)-[:USES {position: f.id / 67, required: f.id % 2 = 0}]->(f);

MATCH (p:Pattern), (f:Function)
WHERE f.id % 156 = p.id OR (f.id * 3) % 156 = p.id
CREATE (p)-[:CONTAINS]->(f);

MATCH (s:Session), (f:Function)
WHERE f.id % 89 = s.id
CREATE (s)-[:USES {times: 1 + f.id % 9, at: time({hour: f.id % 24, timezone: '+01:00'})}]->(f);

MATCH (a:Function)
MATCH (b:Function {id: (a.id * 11 + 3) % 420})
WHERE a.id <> b.id
CREATE (a)-[:CO_OCCURS_WITH {
  confidence: 0.5 + (a.id % 50) / 100.0,
  support: (a.id % 23) / 100.0,
  created_at: datetime({year: 2025, month: 1, day: 28, hour: 14, minute: 30, second: 22, millisecond: a.id, timezone: 'UTC'})
}]->(b);

// What a fresh eye would not expect: a loop, and a node with neither label nor property.
MATCH (f:Function {id: 0}) CREATE (f)-[:CALLS]->(f);
MATCH (s:Session {id: 0}) CREATE (s)-[:LEFT_BEHIND]->();
