package ign.backup.graph.build;

import ign.backup.model.BackupException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.batchimport.api.BatchImporter;
import org.neo4j.batchimport.api.InputIterable;
import org.neo4j.batchimport.api.input.IdType;
import org.neo4j.batchimport.api.input.Input;
import org.neo4j.batchimport.api.input.InputEntityVisitor;
import org.neo4j.batchimport.api.input.ReadableGroups;
import org.neo4j.common.DependencyResolver;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.storageengine.api.StorageEngineFactory;

/** The three calls of Neo4j's importer that differ between 5.26 and 2026.08: both have the same methods, the newer one with more parameters. */
final class ImporterSeam {

    private static final MethodHandle PROPERTY = propertyHandle();

    private ImporterSeam() {}

    /** Gives the importer one property of the present element. */
    static void property(InputEntityVisitor visitor, String key, Object value) {
        try {
            boolean unused = (boolean) PROPERTY.invokeExact(visitor, key, value);
        } catch (RuntimeException | Error e) { // allow IllegalCatch: passed on as it is
            throw e;
        } catch (Throwable e) { // allow IllegalCatch: the method declares none, a handle any
            throw new BackupException.Defect("a property could not be given to the importer: " + e, e);
        }
    }

    private static MethodHandle propertyHandle() {
        var method = only(InputEntityVisitor.class, "property", List.of(String.class, Object.class));
        var type = MethodType.methodType(boolean.class, InputEntityVisitor.class, String.class, Object.class);
        try {
            var handle = MethodHandles.publicLookup().unreflect(method);
            return handle.type().parameterCount() == type.parameterCount()
                    ? handle.asType(type)
                    : MethodHandles.insertArguments(handle, type.parameterCount(), false)
                            .asType(type);
        } catch (IllegalAccessException e) {
            throw unlike("calling " + method, e);
        }
    }

    /** {@return elements whose nodes have the ids of their records} */
    static Input input(InputIterable nodes, InputIterable relationships, Input.Estimates estimates) {
        var method = only(Input.class, "input", List.of(InputIterable.class, InputIterable.class, IdType.class));
        return (Input) call(
                method,
                null,
                withMore(method, List.of(nodes, relationships, IdType.ACTUAL, estimates, ReadableGroups.EMPTY)));
    }

    /** The newer version asks whether there are vectors, which a store of records cannot hold. */
    private static @Nullable Object[] withMore(Method method, List<Object> arguments) {
        var all = Arrays.copyOf(arguments.toArray(), method.getParameterCount());
        Arrays.fill(all, arguments.size(), all.length, false);
        return all;
    }

    /**
     * {@return Neo4j's importer}
     *
     * @param arguments by the type of the parameter
     */
    static BatchImporter importer(
            StorageEngineFactory engine, FileSystemAbstraction fileSystem, Map<Class<?>, @Nullable Object> arguments) {
        var method = Arrays.stream(StorageEngineFactory.class.getMethods())
                .filter(found -> found.getName().equals("batchImporter"))
                .findFirst()
                .orElseThrow(() -> unlike("finding StorageEngineFactory.batchImporter", null));
        var values = Arrays.stream(method.getParameterTypes())
                .map(type -> arguments.containsKey(type) ? arguments.get(type) : unsaid(type, fileSystem))
                .toArray();
        return (BatchImporter) call(method, engine, values);
    }

    /**
     * {@return what is given for a parameter that the caller says nothing of}
     *
     * <p>Switches are off. What 2026.08 asks for besides says that there are no shards and no providers of indexes, and that the hardware
     * need not be looked at.
     */
    private static @Nullable Object unsaid(Class<?> type, FileSystemAbstraction fileSystem) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == DependencyResolver.class) {
            return null;
        }
        if (type == Supplier.class) {
            return (Supplier<@Nullable Object>) () -> null;
        }
        try {
            return switch (type.getSimpleName()) {
                case "LogTailMetadataFactory" ->
                    Class.forName("org.neo4j.kernel.impl.transaction.log.files.LogTailMetadataFactoryImpl")
                            .getConstructor(FileSystemAbstraction.class)
                            .newInstance(fileSystem);
                case "DatabaseCreationOptions" ->
                    type.getField("EMPTY_CREATION_OPTIONS").get(null);
                case "HardwareValidation" -> type.getField("NONE").get(null);
                default -> throw unlike("a value for a parameter of type " + type.getName(), null);
            };
        } catch (ReflectiveOperationException e) {
            throw unlike("a value for a parameter of type " + type.getName(), e);
        }
    }

    private static Method only(Class<?> owner, String name, List<Class<?>> beginning) {
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name))
                .filter(method -> method.getParameterCount() >= beginning.size()
                        && List.of(method.getParameterTypes())
                                .subList(0, beginning.size())
                                .equals(beginning))
                .findFirst()
                .orElseThrow(() -> unlike("finding " + owner.getSimpleName() + "." + name, null));
    }

    private static Object call(Method method, @Nullable Object target, @Nullable Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : unlike("calling " + method, e);
        } catch (IllegalAccessException e) {
            throw unlike("calling " + method, e);
        }
    }

    private static BackupException unlike(String what, @Nullable Throwable cause) {
        return new BackupException.Defect("this Neo4j's importer is not as expected: " + what + " failed", cause);
    }
}
