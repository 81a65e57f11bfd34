package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.neo4j.driver.Driver;

/** An example in Java, compiled as it stands: an object of its class, made with a driver. */
public final class CompiledExample {

    private final Object example;

    private CompiledExample(Object example) {
        this.example = example;
    }

    /** {@return the class of that file, which has its name and is in no package, with a driver} */
    public static CompiledExample of(Path source, Driver driver) {
        var classes = BuildFolder.fresh("example");
        var path = System.getProperty("java.class.path");
        var code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", path, "-d", classes.toString(), source.toString());
        assertThat(code).as("%s can be compiled", source).isZero();
        try {
            var loader =
                    new URLClassLoader(new URL[] {classes.toUri().toURL()}, CompiledExample.class.getClassLoader());
            var name = source.getFileName().toString().replace(".java", "");
            return new CompiledExample(
                    loader.loadClass(name).getConstructor(Driver.class).newInstance(driver));
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return what a method of one argument gives; what it throws is thrown} */
    public Object call(String method, Class<?> type, Object argument) {
        try {
            return example.getClass().getMethod(method, type).invoke(example, argument);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the example has no such method", e);
        }
    }
}
