package ign.backup.probe;

import java.util.List;

/** Indexes and constraints of every kind; the comments are the rows of the table of fidelity. */
final class EverySchema {

    static final List<String> STATEMENTS = List.of(
            // the same property under two types
            "CREATE RANGE INDEX range_one FOR (n:A) ON (n.x)",
            "CREATE TEXT INDEX text_one FOR (n:A) ON (n.x)",
            // the order of properties
            "CREATE RANGE INDEX range_ab FOR (n:A) ON (n.a, n.b)",
            "CREATE RANGE INDEX range_ba FOR (n:A) ON (n.b, n.a)",
            //
            "CREATE RANGE INDEX range_relationship FOR ()-[r:R]-() ON (r.x)",
            "CREATE RANGE INDEX range_relationship_ab FOR ()-[r:R]-() ON (r.a, r.b)",
            "CREATE TEXT INDEX text_relationship FOR ()-[r:R]-() ON (r.x)",
            //
            "CREATE POINT INDEX point_plain FOR (n:A) ON (n.p)",
            """
            CREATE POINT INDEX point_bounds FOR (n:B) ON (n.p) OPTIONS {indexConfig: {
              `spatial.cartesian.min`: [-100.5, -200.5], `spatial.cartesian.max`: [100.5, 200.5],
              `spatial.cartesian-3d.min`: [-1.0, -2.0, -3.0], `spatial.cartesian-3d.max`: [1.0, 2.0, 3.0],
              `spatial.wgs-84.min`: [-60.0, -40.0], `spatial.wgs-84.max`: [60.0, 40.0],
              `spatial.wgs-84-3d.min`: [-60.0, -40.0, -10.0], `spatial.wgs-84-3d.max`: [60.0, 40.0, 10.0]}}""",
            "CREATE POINT INDEX point_relationship FOR ()-[r:R]-() ON (r.p)",
            //
            """
            CREATE FULLTEXT INDEX fulltext_options FOR (n:B|A|C) ON EACH [n.title, n.body, n.x] OPTIONS {indexConfig: {
              `fulltext.analyzer`: 'english', `fulltext.eventually_consistent`: true}}""",
            "CREATE FULLTEXT INDEX fulltext_plain FOR (n:A) ON EACH [n.title]",
            "CREATE FULLTEXT INDEX fulltext_relationship FOR ()-[r:S|R]-() ON EACH [r.title, r.body] "
                    + "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
            //
            """
            CREATE VECTOR INDEX vector_options FOR (n:A) ON (n.v) OPTIONS {indexConfig: {
              `vector.dimensions`: 4, `vector.similarity_function`: 'euclidean', `vector.quantization.enabled`: false,
              `vector.hnsw.m`: 8, `vector.hnsw.ef_construction`: 50}}""",
            """
            CREATE VECTOR INDEX vector_relationship FOR ()-[r:R]-() ON (r.v) OPTIONS {indexConfig: {
              `vector.dimensions`: 1536, `vector.similarity_function`: 'cosine', `vector.quantization.enabled`: true}}""",
            // a name that the server makes
            "CREATE INDEX FOR (n:Generated) ON (n.x)",
            // N-02: odd names, of things that no data uses
            "CREATE RANGE INDEX `odd ``name`` \"it's\" 😀` FOR (n:`La``bel 😀`) ON (n.`ke``y \"it's\"`)",
            "CREATE FULLTEXT INDEX `full ``text` FOR (n:`La``bel 😀`|`) DETACH DELETE n //`) ON EACH [n.`a b`, n.`c,d`]",
            "CREATE RANGE INDEX `a``) DETACH DELETE n //` FOR ()-[r:`ty``pe`]-() ON (r.`ke``y`)",
            // C-01, C-02, C-03, C-10, X-17
            "CREATE CONSTRAINT unique_one FOR (n:A) REQUIRE n.key IS UNIQUE",
            "CREATE CONSTRAINT unique_ba FOR (n:A) REQUIRE (n.b, n.a, n.key) IS UNIQUE",
            "CREATE CONSTRAINT unique_relationship FOR ()-[r:R]-() REQUIRE r.key IS UNIQUE",
            "CREATE CONSTRAINT FOR (n:Generated) REQUIRE n.key IS UNIQUE",
            "CREATE CONSTRAINT `odd ``constraint`` \"it's\" 😀` FOR (n:`La``bel 😀`) REQUIRE n.`unique ``key` IS UNIQUE");

    private EverySchema() {}
}
