package ign.backup.graph.kernel;

import ign.backup.model.BackupException;
import ign.backup.model.ConstraintDefinition;
import ign.backup.model.GraphSchema;
import ign.backup.model.IndexDefinition;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.neo4j.graphdb.ConstraintViolationException;
import org.neo4j.graphdb.DatabaseShutdownException;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransactionTerminatedException;
import org.neo4j.graphdb.schema.AnyTokens;
import org.neo4j.graphdb.schema.ConstraintCreator;
import org.neo4j.graphdb.schema.IndexCreator;
import org.neo4j.graphdb.schema.IndexSetting;
import org.neo4j.graphdb.schema.IndexSettingImpl;
import org.neo4j.graphdb.schema.IndexType;
import org.neo4j.graphdb.schema.Schema;

/**
 * Makes the schema of a database equal to that of a backup.
 *
 * <p>It is built from checked fields through Neo4j's Java API, never from Cypher text: a name in a backup cannot become a
 * statement. Each definition has a transaction of its own, so that one that Neo4j refuses does not take others with it.
 */
public final class SchemaWriter {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final String QUANTIZATION = "vector.quantization.enabled";

    /** What Neo4j 2026 has in its place. */
    private static final String QUANTIZATION_TYPE = "vector.quantization.type";

    private final GraphDatabaseService database;
    private final List<String> leftOut = new ArrayList<>();

    /** Of that database. */
    public SchemaWriter(GraphDatabaseService database) {
        this.database = database;
    }

    /**
     * Creates what the backup has and drops what it has not. Constraints first: they populate their indexes at once, and had to share
     * the machine with the others.
     *
     * @return what could not be created
     */
    public List<String> define(GraphSchema schema, Progress progress, StopSignal stop) {
        progress.phase("schema", schema.indexes().size() + schema.constraints().size(), "definitions");
        dropWhatTheBackupHasNot(schema);
        for (var constraint : schema.constraints()) {
            stop.check();
            enforce(constraint);
            progress.advance(1);
        }
        for (var index : schema.indexes()) {
            stop.check();
            if (!index.isLookup() && index.owningConstraint().isEmpty()) {
                attempt("index '" + index.name() + "'", tx -> create(index, tx.schema()));
            }
            progress.advance(1);
        }
        return List.copyOf(leftOut);
    }

    /** {@return the indexes that are not online in time, or have failed} */
    public List<String> awaitIndexes(Duration limit, Progress progress, StopSignal stop) {
        await(limit, progress, stop);
        reportFailedIndexes();
        return List.copyOf(leftOut);
    }

    /**
     * A new store has both lookup indexes under generated names; the backup may have others, or none. Clients that set up their schema
     * when they connect may have done so while the data was loaded: that goes, too.
     */
    private void dropWhatTheBackupHasNot(GraphSchema schema) {
        var wanted = schema.indexes().stream().filter(IndexDefinition::isLookup).toList();
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS)) {
            for (var present : transaction.schema().getConstraints()) {
                present.drop();
            }
            transaction.commit();
        }
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS)) {
            for (var present : transaction.schema().getIndexes()) {
                if (wanted.stream().noneMatch(w -> w.name().equals(present.getName()))) {
                    present.drop();
                }
            }
            transaction.commit();
        }
        for (var index : wanted) {
            attempt("index '" + index.name() + "'", tx -> {
                if (!exists(index.name(), tx.schema())) {
                    create(index, tx.schema());
                }
            });
        }
    }

    private static boolean exists(String name, Schema schema) {
        for (var index : schema.getIndexes()) {
            if (index.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void attempt(String what, Consumer<Transaction> creation) {
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS)) {
            creation.accept(transaction);
            transaction.commit();
        } catch (BackupException e) {
            leftOut.add(what + " was left out: " + e.getMessage());
        } catch (TransactionTerminatedException | DatabaseShutdownException e) {
            throw interrupted(what, e);
        } catch (RuntimeException e) { // Neo4j has no common type for what it refuses here; the reason is passed on
            leftOut.add(what + " was left out: " + RootCause.message(e));
        }
    }

    /** A constraint that this edition lacks is left out; one that the data violates means that the data is not what was backed up. */
    private void enforce(ConstraintDefinition constraint) {
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS)) {
            create(constraint, transaction.schema());
            transaction.commit();
        } catch (BackupException.BadRequest e) {
            leftOut.add("constraint '" + constraint.name() + "' was left out: " + e.getMessage());
        } catch (TransactionTerminatedException | DatabaseShutdownException e) {
            throw interrupted("constraint '" + constraint.name() + "'", e);
        } catch (ConstraintViolationException e) {
            throw new BackupException.Damaged(
                    "constraint '" + constraint.name() + "' cannot be created: " + firstLine(e) + " "
                            + RootCause.message(e),
                    "The data of this backup violates it; restore another backup, or correct the file.",
                    e);
        }
    }

    private static BackupException interrupted(String what, RuntimeException cause) {
        return new BackupException.Unavailable(
                what + " could not be created: " + cause.getMessage(),
                "The database or the server was stopped; call the restore again when it runs.",
                cause);
    }

    /** Here Neo4j names label and property; the root cause has only their ids in 5.26. */
    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private void reportFailedIndexes() {
        try (var transaction = database.beginTx()) {
            var schema = transaction.schema();
            for (var index : schema.getIndexes()) {
                if (schema.getIndexState(index) == Schema.IndexState.FAILED) {
                    var reason =
                            schema.getIndexFailure(index).lines().findFirst().orElse("");
                    leftOut.add("index '" + index.getName() + "' is there but in state FAILED: " + reason);
                }
            }
        }
    }

    private void create(IndexDefinition index, Schema schema) {
        IndexCreator creator =
                isForNodes(index.entityType()) ? forNodes(index, schema) : forRelationships(index, schema);
        for (var property : index.properties()) {
            creator = creator.on(property);
        }
        var type = indexType(index.type());
        creator = creator.withName(index.name()).withIndexType(type);
        if (!index.config().isEmpty()) {
            creator = creator.withIndexConfiguration(settings(index));
        }
        creator.create();
    }

    private static IndexCreator forNodes(IndexDefinition index, Schema schema) {
        return index.isLookup()
                ? schema.indexFor(AnyTokens.ANY_LABELS)
                : schema.indexFor(
                        index.labelsOrTypes().stream().map(Label::label).toArray(Label[]::new));
    }

    private static IndexCreator forRelationships(IndexDefinition index, Schema schema) {
        return index.isLookup()
                ? schema.indexFor(AnyTokens.ANY_RELATIONSHIP_TYPES)
                : schema.indexFor(index.labelsOrTypes().stream()
                        .map(RelationshipType::withName)
                        .toArray(RelationshipType[]::new));
    }

    /** What the other version calls differently is translated; what this one does not know is reported, and the index created. */
    private Map<IndexSetting, Object> settings(IndexDefinition index) {
        var settings = new HashMap<IndexSetting, Object>();
        index.config().forEach((name, value) -> {
            var setting = setting(name);
            var quantization = setting(QUANTIZATION);
            if (setting.isPresent()) {
                settings.put(setting.get(), ofType(setting.get().getType(), value));
            } else if (name.equalsIgnoreCase(QUANTIZATION_TYPE) && quantization.isPresent()) {
                settings.put(quantization.get(), !"NONE".equalsIgnoreCase(String.valueOf(value)));
            } else {
                leftOut.add("index '" + index.name() + "' was created without its setting '" + name + "' (" + value
                        + "), which this Neo4j does not know");
            }
        });
        return settings;
    }

    private static Optional<IndexSettingImpl> setting(String name) {
        return Arrays.stream(IndexSettingImpl.values())
                .filter(known -> known.getSettingName().equalsIgnoreCase(name))
                .findFirst();
    }

    private static Object ofType(Class<?> type, Object value) {
        if (type == double[].class && value instanceof List<?> numbers) {
            return numbers.stream()
                    .mapToDouble(number -> ((Number) number).doubleValue())
                    .toArray();
        }
        if (type == Integer.class && value instanceof Number number) {
            return number.intValue();
        }
        return value;
    }

    private static IndexType indexType(String name) {
        return Arrays.stream(IndexType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("index type", name));
    }

    private static void create(ConstraintDefinition constraint, Schema schema) {
        boolean unique =
                constraint.type().equals("UNIQUENESS") || constraint.type().equals("RELATIONSHIP_UNIQUENESS");
        if (!unique || constraint.labelsOrTypes().size() != 1) {
            throw new BackupException.BadRequest(
                    "constraints of type " + constraint.type() + " need Neo4j Enterprise Edition",
                    "Its data is restored all the same.");
        }
        var of = constraint.labelsOrTypes().get(0);
        ConstraintCreator creator = isForNodes(constraint.entityType())
                ? schema.constraintFor(Label.label(of))
                : schema.constraintFor(RelationshipType.withName(of));
        for (var property : constraint.properties()) {
            creator = creator.assertPropertyIsUnique(property);
        }
        creator.withName(constraint.name()).create();
    }

    private static boolean isForNodes(String entityType) {
        return switch (entityType) {
            case "NODE" -> true;
            case "RELATIONSHIP" -> false;
            default -> throw unknown("entity type", entityType);
        };
    }

    private static BackupException unknown(String what, String name) {
        return new BackupException.BadRequest(
                "this Neo4j does not know the " + what + " '" + name + "'",
                "Create it by hand in the form that this version offers.");
    }

    private void await(Duration limit, Progress progress, StopSignal stop) {
        long deadline = System.nanoTime() + limit.toNanos();
        progress.phase("indexes", 100, "percent");
        double reported = 0;
        while (true) {
            stop.check();
            double percent = populated();
            progress.advance((long) percent - (long) reported);
            reported = percent;
            if (percent >= 100) {
                return;
            }
            if (System.nanoTime() > deadline) {
                leftOut.add("indexes were not online after " + limit.toSeconds() + " s; Neo4j goes on populating them");
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** {@return how far all indexes are, in percent; one that failed is finished, and reported once} */
    private double populated() {
        try (var transaction = database.beginTx()) {
            var schema = transaction.schema();
            double sum = 0;
            int count = 0;
            boolean settled = true;
            for (var index : schema.getIndexes()) {
                count++;
                var state = schema.getIndexState(index);
                if (state == Schema.IndexState.POPULATING) {
                    settled = false;
                    sum += Math.min(99, schema.getIndexPopulationProgress(index).getCompletedPercentage());
                } else {
                    sum += 100;
                }
            }
            return settled ? 100 : Math.min(99, sum / count);
        }
    }
}
