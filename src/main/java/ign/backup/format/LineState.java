package ign.backup.format;

import org.jspecify.annotations.Nullable;

/** What may stand at the beginning of the next line of a document that has one element on each. */
enum LineState {
    /** The first node, or the end of the nodes. */
    NODES_BEGIN(Section.NODES, true, true),
    /** A further node, after a comma. */
    NODES_FOLLOW(Section.NODES, true, false),
    /** The end of the nodes. */
    NODES_END(Section.NODES, false, true),
    /** The begin of the relationships. */
    BETWEEN(null, false, false),
    RELATIONSHIPS_BEGIN(Section.RELATIONSHIPS, true, true),
    RELATIONSHIPS_FOLLOW(Section.RELATIONSHIPS, true, false),
    RELATIONSHIPS_END(Section.RELATIONSHIPS, false, true),
    /** Whatever comes after the elements. */
    TAIL(null, false, false);

    private final @Nullable Section section;
    private final boolean takesElement;
    private final boolean takesEnd;

    LineState(@Nullable Section section, boolean takesElement, boolean takesEnd) {
        this.section = section;
        this.takesElement = takesElement;
        this.takesEnd = takesEnd;
    }

    /** {@return the state after elements of a section} */
    static LineState after(Section section, boolean isFollowed) {
        return section == Section.NODES
                ? isFollowed ? NODES_FOLLOW : NODES_END
                : isFollowed ? RELATIONSHIPS_FOLLOW : RELATIONSHIPS_END;
    }

    @Nullable Section section() {
        return section;
    }

    boolean takesElement() {
        return takesElement;
    }

    boolean takesEnd() {
        return takesEnd;
    }

    /** {@return whether lines that were read as if they stood at {@code assumed} may stand here} */
    boolean allows(LineState assumed) {
        return this == assumed || (takesElement && assumed.takesElement && section == assumed.section);
    }
}
