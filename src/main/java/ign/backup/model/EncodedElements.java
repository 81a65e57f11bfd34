package ign.backup.model;

/** Keeps elements that a sink has encoded ahead of their place. Safe for several threads. */
@FunctionalInterface
public interface EncodedElements {

    /** Takes a copy of bytes that are one whole element or several. */
    void add(byte[] source, int offset, int length);
}
