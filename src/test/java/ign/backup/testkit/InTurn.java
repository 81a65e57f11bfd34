package ign.backup.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
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
            var there = there();
            var tests = Arrays.stream(context.getRequiredTestClass().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(InTurn.class))
                    .map(Method::getName)
                    .sorted()
                    .toList();
            int number = tests.indexOf(context.getRequiredTestMethod().getName());
            return there.stream().filter(version -> isTurnOf(version, number)).map(Arguments::of);
        }

        /** {@return whether a version has the turn with that number, from 0; with {@code -Dversions=all} each has every turn} */
        public static boolean isTurnOf(Neo4jVersion version, int number) {
            var there = there();
            return "all".equals(System.getProperty("versions")) || there.indexOf(version) == number % there.size();
        }

        private static List<Neo4jVersion> there() {
            return Arrays.stream(Neo4jVersion.values())
                    .filter(Neo4jVersion::isAvailable)
                    .toList();
        }
    }
}
