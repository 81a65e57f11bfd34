package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BlockCodec;
import java.nio.ByteBuffer;

/** The first block of a document: its header, padded with blanks to the size it has with the longest numbers and times. */
final class HeaderBlock {

    private static final byte[] START = JsonBytes.ascii("{\n\"metadata\": ");
    private static final byte[] END = JsonBytes.ascii(",\n\"data\": {\n");

    private final int size;

    HeaderBlock(BackupHeader draft) {
        size = bytes(draft.widest()).size() + END.length;
    }

    /** {@return the stored form of the block, of the same size for every header that differs from the draft in numbers and times only} */
    ByteBuffer packed(BlockCodec codec, BackupHeader header) {
        var block = bytes(header);
        int padded = size - END.length;
        if (block.size() > padded) {
            throw new BackupException.Defect(
                    "the header has " + block.size() + " bytes, and " + padded + " were reserved", null);
        }
        while (block.size() < padded) {
            block.raw(' ');
        }
        block.raw(END);
        return codec.packFirst(block.array(), 0, block.size());
    }

    private static JsonBytes bytes(BackupHeader header) {
        var out = new JsonBytes(1024);
        out.raw(START);
        var fields = new ObjectWriter(out);
        HeaderJson.write(fields, header);
        fields.end();
        return out;
    }
}
