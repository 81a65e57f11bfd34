package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.ValueType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Arrays of numbers as Base64 of their little-endian bytes, which keeps every bit. */
final class BinaryArrays {

    private BinaryArrays() {}

    static boolean isNumeric(ValueType type) {
        return switch (type) {
            case BYTE, SHORT, INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    static byte[] encode(ValueType type, Object array) {
        return Base64.getEncoder().encode(littleEndian(type, array));
    }

    /**
     * {@return the array}
     *
     * @throws IllegalArgumentException for a text that is no Base64, or of a number of bytes that does not fit
     */
    static Object decode(ValueType type, String text) {
        var bytes = Base64.getDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case BYTE -> bytes;
            case SHORT -> {
                var shorts = new short[count(bytes, Short.BYTES)];
                buffer.asShortBuffer().get(shorts);
                yield shorts;
            }
            case INT -> {
                var ints = new int[count(bytes, Integer.BYTES)];
                buffer.asIntBuffer().get(ints);
                yield ints;
            }
            case LONG -> {
                var longs = new long[count(bytes, Long.BYTES)];
                buffer.asLongBuffer().get(longs);
                yield longs;
            }
            case FLOAT -> {
                var floats = new float[count(bytes, Float.BYTES)];
                buffer.asFloatBuffer().get(floats);
                yield floats;
            }
            case DOUBLE -> {
                var doubles = new double[count(bytes, Double.BYTES)];
                buffer.asDoubleBuffer().get(doubles);
                yield doubles;
            }
            default -> throw noBinaryForm(type);
        };
    }

    private static byte[] littleEndian(ValueType type, Object array) {
        if (array instanceof byte[] bytes) {
            return bytes;
        }
        int length = Array.getLength(array);
        var target = new byte[Math.multiplyExact(length, componentBytes(type))];
        var buffer = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
        if (array instanceof short[] shorts) {
            buffer.asShortBuffer().put(shorts);
        } else if (array instanceof int[] ints) {
            buffer.asIntBuffer().put(ints);
        } else if (array instanceof long[] longs) {
            buffer.asLongBuffer().put(longs);
        } else if (array instanceof float[] floats) {
            buffer.asFloatBuffer().put(floats);
        } else if (array instanceof double[] doubles) {
            buffer.asDoubleBuffer().put(doubles);
        }
        return target;
    }

    static int componentBytes(ValueType type) {
        return switch (type) {
            case BYTE -> Byte.BYTES;
            case SHORT -> Short.BYTES;
            case INT -> Integer.BYTES;
            case LONG -> Long.BYTES;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            default -> throw noBinaryForm(type);
        };
    }

    private static int count(byte[] bytes, int componentBytes) {
        if (bytes.length % componentBytes != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are not a multiple of " + componentBytes);
        }
        return bytes.length / componentBytes;
    }

    private static BackupException.Defect noBinaryForm(ValueType type) {
        return new BackupException.Defect(type + " has no binary form", null);
    }
}
