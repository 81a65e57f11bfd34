package ign.backup.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HeapUseTest {

    private static HeapUse of(long used, OptionalLong kept) {
        return new HeapUse(used, 200L << 20, kept, 12, 3456);
    }

    @Test
    void exactlyTheLimitIsNotAboveIt() {
        assertThat(of(170L << 20, OptionalLong.empty()).isAbove(85)).isFalse();
        assertThat(of((170L << 20) + 1, OptionalLong.empty()).isAbove(85)).isTrue();
        assertThat(of(200L << 20, OptionalLong.empty()).isAbove(100)).isFalse();
    }

    @Test
    void itSaysHowMuchAndWhatTheLastCollectionHasLeft() {
        assertThat(of(171L << 20, OptionalLong.of(50L << 20)).inWords())
                .isEqualTo(
                        "85.5 % of the heap are used, 171 of 200 MiB (25.0 % after the last collection, 12 collections"
                                + " took 3.5 s)");
        assertThat(of(171L << 20, OptionalLong.empty()).inWords())
                .isEqualTo("85.5 % of the heap are used, 171 of 200 MiB (12 collections took 3.5 s)");
    }

    @Test
    void thisJvmCanBeAsked() {
        System.gc();

        var now = HeapUse.now();

        assertThat(now.usedBytes()).isPositive().isLessThanOrEqualTo(now.maxBytes());
        assertThat(now.collections()).isPositive();
        assertThat(now.keptBytes().orElseThrow()).isPositive().isLessThanOrEqualTo(now.maxBytes());
    }
}
