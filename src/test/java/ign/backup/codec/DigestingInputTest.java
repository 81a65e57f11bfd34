package ign.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.Digest;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class DigestingInputTest {

    private final byte[] bytes = CodecTest.noise(200_000);

    @Test
    void takesTheDigestOfWhatIsRead() throws Exception {
        try (var input = new DigestingInput(new ByteArrayInputStream(bytes))) {
            assertThat(input.digest().hex())
                    .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
            input.read();
            input.readNBytes(1000);
            assertThat(input.skip(500)).isEqualTo(500);
            assertThat(input.count()).isEqualTo(1501);
            input.readAllBytes();
            assertThat(input.digest()).isEqualTo(digestOfAll());
            assertThat(input.digest()).as("asked twice").isEqualTo(digestOfAll());
            assertThat(input.count()).isEqualTo(200_000);
            assertThat(input.skip(1)).isZero();
            assertThat(input.read()).isEqualTo(-1);
            assertThat(input.markSupported()).isFalse();
        }
    }

    @Test
    void readsToTheEndForAReaderThatHasGivenUp() throws Exception {
        try (var input = new DigestingInput(new ByteArrayInputStream(bytes))) {
            input.readNBytes(10);
            input.readToEnd();
            assertThat(input.digest()).isEqualTo(digestOfAll());
        }
    }

    private Digest digestOfAll() throws Exception {
        return Digest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
