package ign.backup.model;

/** One element of a backup file while it is being read; valid until the visitor returns. */
public sealed interface Element {

    /** {@return its {@code _id} in the file, unique among the elements of its kind} */
    long id();

    /** {@return the line of the file on which it begins, or 0 for an element that does not come from a file} */
    default long line() {
        return 0;
    }

    /** {@return how many properties it has} */
    int propertyCount();

    /** {@return the key at {@code index}, unescaped; equal keys of one file are the same object} */
    String key(int index);

    /** {@return the value at {@code index}, of one of the classes of {@link ValueType}} */
    Object value(int index);

    /** A node. */
    non-sealed interface Node extends Element {

        /** {@return how many labels it has} */
        int labelCount();

        /** {@return the label at {@code index}; equal labels of one file are the same object} */
        String label(int index);
    }

    /** A relationship. */
    non-sealed interface Relationship extends Element {

        /** {@return the relationship type} */
        String type();

        /** {@return the {@code _id} of the start node} */
        long startId();

        /** {@return the {@code _id} of the end node} */
        long endId();
    }
}
