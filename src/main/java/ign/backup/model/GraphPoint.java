package ign.backup.model;

import java.util.Arrays;
import java.util.List;

/**
 * A point in one of Neo4j's four coordinate reference systems, named by its SRID: 7203 and 9157 cartesian in two and three
 * dimensions, 4326 and 4979 WGS-84 likewise (x is the longitude).
 */
public record GraphPoint(int srid, List<Double> coordinates) {

    public GraphPoint {
        coordinates = List.copyOf(coordinates);
        if (dimensionOf(srid) != coordinates.size() || !coordinates.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "a point with SRID " + srid + " cannot have the coordinates " + coordinates);
        }
    }

    public GraphPoint(int srid, double... coordinates) {
        this(srid, Arrays.stream(coordinates).boxed().toList());
    }

    /** {@return the coordinates in a new array} */
    public double[] toArray() {
        return coordinates.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** {@return 2 or 3, or 0 for an SRID that Neo4j does not know} */
    public static int dimensionOf(int srid) {
        return switch (srid) {
            case 7203, 4326 -> 2;
            case 9157, 4979 -> 3;
            default -> 0;
        };
    }
}
