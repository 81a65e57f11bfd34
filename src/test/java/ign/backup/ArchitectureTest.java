package ign.backup;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages, who may import whom, and what each may use besides the JDK: a package or a library joins here first. */
@AnalyzeClasses(packages = "ign.backup", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> PARTS =
            Set.of("model", "policy", "config", "format", "codec", "storage", "forensics", "hook", "graph");

    /** Who may import whom; a package that is not here may not exist. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("model", Set.of()),
            entry("policy", Set.of("model")),
            entry("config", Set.of("model")),
            entry("format", Set.of("model")),
            entry("codec", Set.of("model")),
            entry("storage", Set.of("model")),
            entry("forensics", Set.of("model")),
            entry("hook", Set.of("model")),
            entry("graph", Set.of("model")),
            entry("operation", PARTS),
            entry("metrics", Set.of("operation", "model")),
            entry("notify", Set.of("operation", "model")),
            entry("procedure", Set.of("operation", "model")),
            entry("web", Set.of("operation", "model")),
            entry("cli", Set.of("operation", "model", "format", "codec", "storage")),
            entry("plugin", union(PARTS, "operation", "metrics", "notify", "procedure", "web", "cli")));

    private static final Set<String> JDK =
            Set.of("java..", "javax.crypto..", "javax.management..", "javax.net..", "com.sun.management..");

    /** One library, one package, but for the tokens of JSON; what is not here is ours, the JDK, or refused. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("policy", Set.of("com.cronutils..")),
            entry("format", Set.of("com.fasterxml.jackson.core..", "org.roaringbitmap..")),
            entry("codec", Set.of("com.github.luben.zstd..")),
            entry("storage", Set.of("org.apache.commons.io..")),
            entry("graph", Set.of("org.neo4j..", "org.eclipse.collections..")),
            entry("metrics", Set.of("io.prometheus..", "com.sun.net.httpserver..", "com.fasterxml.jackson.core..")),
            entry("notify", Set.of("com.fasterxml.jackson.core..")),
            entry("procedure", Set.of("org.neo4j..")),
            entry("web", Set.of("org.neo4j..", "javax.ws.rs..", "javax.servlet..")),
            entry(
                    "cli",
                    Set.of(
                            "org.neo4j.driver..",
                            "picocli..",
                            "me.tongfei.progressbar..",
                            "com.fasterxml.jackson.core..")),
            entry("plugin", Set.of("org.neo4j..")));

    @ArchTest
    static void each_package_imports_only_what_the_table_allows(JavaClasses all) {
        MAY_IMPORT.forEach((name, allowed) -> noClasses()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("ign.backup..").and(not(resideInAnyPackage(trees(union(allowed, name))))))
                .as(name + " imports only " + new TreeSet<>(allowed))
                .allowEmptyShould(true)
                .check(all));
    }

    @ArchTest
    static void each_package_uses_only_the_libraries_of_the_table(JavaClasses all) {
        MAY_IMPORT.keySet().forEach(name -> {
            var libraries = MAY_USE.getOrDefault(name, Set.of());
            var allowed = union(union(JDK, "ign.backup..", "org.jspecify.."), libraries.toArray(String[]::new));
            noClasses()
                    .that()
                    .resideInAPackage(tree(name))
                    .should()
                    .dependOnClassesThat(not(resideInAnyPackage(allowed.toArray(String[]::new))))
                    .as(name + " uses only the JDK and " + libraries)
                    .allowEmptyShould(true)
                    .check(all);
        });
    }

    @ArchTest
    static final ArchRule every_class_lives_in_a_package_of_the_table =
            classes().should().resideInAnyPackage(trees(MAY_IMPORT.keySet())).allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("ign.backup.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_rules_of_the_snapshot_know_nothing_of_neo4j = noClasses()
            .that()
            .resideInAPackage("ign.backup.graph.snapshot..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.neo4j..", "ign.backup.graph", "ign.backup.graph.kernel..", "ign.backup.graph.export.."))
            .because("they are proven, and tested step by step, without it");

    @ArchTest
    static final ArchRule the_packages_of_graph_are_free_of_cycles =
            slices().matching("ign.backup.graph.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_command_line_needs_no_server_on_its_class_path = noClasses()
            .that()
            .resideInAPackage("ign.backup.cli..")
            .should()
            .transitivelyDependOnClassesThat(
                    resideInAPackage("org.neo4j..").and(not(resideInAPackage("org.neo4j.driver.."))))
            .allowEmptyShould(true);

    /** Contracts may speak of streams and buffers that others open; opening one, or naming a file, is input and output. */
    @ArchTest
    static final ArchRule the_model_and_the_policies_do_no_input_or_output = noClasses()
            .that()
            .resideInAnyPackage("ign.backup.model..", "ign.backup.policy..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio..", "java.net..")
                    .and(not(resideInAPackage("java.nio.charset..")))
                    .and(not(
                            belongToAnyOf(InputStream.class, OutputStream.class, IOException.class, ByteBuffer.class))))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule an_operation_takes_its_clock = noClasses()
            .that()
            .resideInAPackage("ign.backup.operation..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("the time comes in as a java.time.Clock")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule no_mutable_statics =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    /** What {@code Map.of} and the like return is fine; what can still change is not. */
    @ArchTest
    static final ArchRule no_statics_that_are_made_to_change = noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(resideInAPackage("java.util.concurrent.."))
            .orShould()
            .haveRawType(assignableTo(AbstractCollection.class))
            .orShould()
            .haveRawType(assignableTo(AbstractMap.class))
            .orShould()
            .haveRawType(assignableTo(StringBuilder.class))
            .allowEmptyShould(true);

    /** The others are what ours become where Neo4j takes over: those carry a status, which says who can act. */
    @ArchTest
    static final ArchRule every_exception_is_one_of_ours = classes()
            .that(are(assignableTo(Throwable.class)))
            .should()
            .beAssignableTo("ign.backup.model.BackupException")
            .orShould()
            .beAssignableTo("org.neo4j.kernel.api.exceptions.Status$HasStatus")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule no_class_is_called_util = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)(\\$.*)?")
            .because("the name says nothing: a class is a noun of the domain")
            .allowEmptyShould(true);

    private static String[] trees(Set<String> names) {
        return names.stream().map(ArchitectureTest::tree).toArray(String[]::new);
    }

    private static String tree(String name) {
        return "ign.backup." + name + "..";
    }

    private static Set<String> union(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }
}
