package ign.backup.storage;

import java.util.Arrays;
import java.util.Optional;

/**
 * The catalog as it is stored, twice. Whoever reads it compares, and believes the more careful of two that differ: a crash between
 * the two writes leaves the newer one first.
 *
 * @param first the bytes of the catalog itself, empty when it is missing
 * @param second the bytes of its copy, empty when it is missing
 */
public record CatalogCopies(Optional<byte[]> first, Optional<byte[]> second) {

    /** {@return whether both copies say the same; true too when both are missing} */
    public boolean agree() {
        return first.isPresent() == second.isPresent()
                && Arrays.equals(first.orElse(new byte[0]), second.orElse(new byte[0]));
    }
}
