package ign.backup.format;

/**
 * What a document may ask for at most, so that a hostile or damaged one ends in an error and not in a dead server.
 *
 * <p>Between two elements no more than {@code elementBytes} are ever read, so that they also bound a line that never ends, a
 * field that is skipped, and blanks. Items of lists that are kept as objects count with 64 bytes each.
 *
 * @param nesting of objects and arrays in each other
 * @param stringLength of one string, in UTF-16 units
 * @param nameLength of one label, relationship type or property key, in UTF-8 bytes
 * @param names how many different labels, types and keys there may be in all
 * @param properties of one element
 * @param labels of one node
 * @param elementBytes of one element as it stands in the document
 * @param metadataBytes of {@code metadata}, and likewise of {@code statistics}
 * @param schemaBytes of {@code schema}
 * @param documentBytes of the whole, unpacked
 */
public record Limits(
        int nesting,
        int stringLength,
        int nameLength,
        int names,
        int properties,
        int labels,
        long elementBytes,
        long metadataBytes,
        long schemaBytes,
        long documentBytes) {

    /** More than any graph that Neo4j itself handles well: a string of 256 million characters, a document of 64 TiB. */
    public static final Limits DEFAULT =
            new Limits(64, 256 << 20, 256 << 10, 1 << 20, 1 << 20, 1 << 16, 512L << 20, 8L << 20, 16L << 20, 64L << 40);

    /** {@return these limits with another one for a single element, and so for the strings in it} */
    public Limits withElementBytes(long bytes) {
        return new Limits(
                nesting,
                (int) Math.min(stringLength, bytes),
                nameLength,
                names,
                properties,
                labels,
                bytes,
                metadataBytes,
                schemaBytes,
                documentBytes);
    }

    /** {@return these limits with another one for the whole document} */
    public Limits withDocumentBytes(long bytes) {
        return new Limits(
                nesting,
                stringLength,
                nameLength,
                names,
                properties,
                labels,
                elementBytes,
                metadataBytes,
                schemaBytes,
                bytes);
    }
}
