package ign.backup.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Has a test that tells little of Neo4j itself run on one of the versions, always the same one; the tests of a class have them in turn.
 * With {@code -Dversions=all} it runs on each.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(InTurn.Versions.class)
public @interface InTurn {

    /** The version of a test, or all that are there. */
    final class Versions implements ArgumentsProvider {

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            var there = Arrays.stream(Neo4jVersion.values())
                    .filter(Neo4jVersion::isAvailable)
                    .toList();
            var tests = Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(InTurn.class))
                    .map(Method::getName)
                    .sorted()
                    .toList();
            int turn = tests.indexOf(context.getRequiredTestMethod().getName()) % there.size();
            boolean isForAll = "all".equals(System.getProperty("versions"));
            return there.stream()
                    .filter(version -> isForAll || there.indexOf(version) == turn)
                    .map(Arguments::of);
        }
    }
}
