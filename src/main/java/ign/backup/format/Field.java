package ign.backup.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The fields of an element that are the format's own and no properties. */
enum Field {
    ID("_id", 1),
    LABELS("_labels", 2),
    TYPE("_type", 4),
    START_ID("_start_id", 8),
    END_ID("_end_id", 16),
    /** One that a newer version may have added; ignored. */
    UNKNOWN("", 0);

    private final String key;
    private final int bit;

    Field(String key, int bit) {
        this.key = key;
        this.bit = bit;
    }

    /** {@return the field of that name among those of an element of that section} */
    static Optional<Field> of(Section section, String key) {
        return Arrays.stream(values())
                .filter(field -> field.key.equals(key) && field.belongsTo(section))
                .findFirst();
    }

    String key() {
        return key;
    }

    /** {@return its bit in a set of fields} */
    int bit() {
        return bit;
    }

    /** {@return the fields of {@code section} that are not in {@code found}; every element must have all} */
    static List<String> missing(Section section, int found) {
        return Arrays.stream(values())
                .filter(field -> field.belongsTo(section) && (found & field.bit) == 0)
                .map(Field::key)
                .toList();
    }

    /** {@return the bits of the fields that every element of {@code section} must have} */
    static int required(Section section) {
        return Arrays.stream(values())
                .filter(field -> field.belongsTo(section))
                .mapToInt(Field::bit)
                .sum();
    }

    private boolean belongsTo(Section section) {
        return switch (this) {
            case ID -> true;
            case LABELS -> section == Section.NODES;
            case TYPE, START_ID, END_ID -> section == Section.RELATIONSHIPS;
            case UNKNOWN -> false;
        };
    }
}
