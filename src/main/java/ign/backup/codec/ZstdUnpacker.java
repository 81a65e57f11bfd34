package ign.backup.codec;

import ign.backup.model.BlockBytes;
import ign.backup.model.BlockUnpacker;
import java.io.ByteArrayInputStream;

/** Unpacks all parts with one decoder, whose buffers lie outside of the heap: one per part would pile up there. */
final class ZstdUnpacker implements BlockUnpacker {

    private final ZstdInput decoder = new ZstdInput(new ByteArrayInputStream(new byte[0]));
    private final StreamUnpacker parts = new StreamUnpacker(decoder::restart);

    @Override
    public BlockBytes unpack(BlockBytes stored, int most) {
        return parts.unpack(stored, most);
    }

    @Override
    public void close() {
        decoder.end();
    }
}
