package ign.backup.graph.merge;

/** From one node of the file to another by a type: where relationships are parallel. */
record Place(long start, String type, long end) {

    static Place of(FileElement.OfRelationship relationship) {
        return new Place(relationship.start, relationship.type, relationship.end);
    }
}
