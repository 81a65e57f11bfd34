package ign.backup.format;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The fields of an element that are the format's own and no properties. */
enum Field {
    ID("_id", EnumSet.allOf(Section.class)),
    LABELS("_labels", EnumSet.of(Section.NODES)),
    TYPE("_type", EnumSet.of(Section.RELATIONSHIPS)),
    START_ID("_start_id", EnumSet.of(Section.RELATIONSHIPS)),
    END_ID("_end_id", EnumSet.of(Section.RELATIONSHIPS)),
    /** One that a newer version may have added; ignored. */
    UNKNOWN("", EnumSet.noneOf(Section.class));

    private final String key;
    private final Set<Section> sections;

    Field(String key, Set<Section> sections) {
        this.key = key;
        this.sections = sections;
    }

    /** {@return the field of that name among those of an element of that section} */
    static Optional<Field> of(Section section, String key) {
        return Arrays.stream(values())
                .filter(field -> field.key.equals(key) && field.sections.contains(section))
                .findFirst();
    }

    String key() {
        return key;
    }
}
