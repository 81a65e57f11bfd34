package ign.backup.graph.export;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.ElementWriter;
import ign.backup.model.ElementsAhead;
import ign.backup.model.EncodedElements;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink;
import ign.backup.testkit.Together;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.internal.kernel.api.TokenRead;

@Timeout(60)
class TokenNamesTest {

    private static final int TOKENS = 3000;

    /** Each thread meets the tokens in another order, while the table grows under it. */
    @Test
    void everyThreadSeesTheHandleOfItsToken() {
        var names = new TokenNames(new Words());
        var tokens = tokens();

        Together.run(4, me -> {
            for (int i = 0; i < 2 * TOKENS; i++) {
                int id = (int) ((long) i * (1009 + 2 * me) % TOKENS);
                assertThat(names.key(id, tokens)).isEqualTo(new Words.Word("key propertyKeyName " + id));
                assertThat(names.label(id, tokens)).isEqualTo(new Words.Word("label nodeLabelName " + id));
                assertThat(names.type(id, tokens)).isEqualTo(new Words.Word("type relationshipTypeName " + id));
            }
        });
    }

    /** An interface of dozens of methods, of which three count. */
    private static TokenRead tokens() {
        return (TokenRead) Proxy.newProxyInstance(
                TokenRead.class.getClassLoader(),
                new Class<?>[] {TokenRead.class},
                (proxy, method, arguments) -> method.getName() + " " + arguments[0]);
    }

    private static final class Words implements GraphSink {

        private record Word(String text) implements Name {}

        @Override
        public Name key(String name) {
            return word("key " + name);
        }

        @Override
        public Name label(String name) {
            return word("label " + name);
        }

        @Override
        public Name type(String name) {
            return word("type " + name);
        }

        private static Name word(String text) {
            return new Word(text);
        }

        @Override
        public void schema(GraphSchema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ElementWriter nodes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ElementWriter relationships() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ElementsAhead ahead(EncodedElements nodes, EncodedElements relationships) {
            throw new UnsupportedOperationException();
        }
    }
}
