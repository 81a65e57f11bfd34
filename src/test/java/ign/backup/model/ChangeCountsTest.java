package ign.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChangeCountsTest {

    private static final ChangeCounts SOME = new ChangeCounts(1, 2, 4, 8, 16, 32);

    @Test
    void addsUpEachKindByItself() {
        assertThat(SOME.plus(new ChangeCounts(100, 200, 300, 400, 500, 600)))
                .isEqualTo(new ChangeCounts(101, 202, 304, 408, 516, 632));
        assertThat(SOME.plus(ChangeCounts.NONE)).isEqualTo(SOME);
    }

    @Test
    void knowsSumsAndNothing() {
        assertThat(SOME.deleted()).isEqualTo(12);
        assertThat(SOME.changed()).isEqualTo(48);
        assertThat(SOME.isZero()).isFalse();
        assertThat(ChangeCounts.NONE.isZero()).isTrue();
    }
}
