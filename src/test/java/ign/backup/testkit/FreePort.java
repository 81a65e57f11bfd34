package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of loopback that nobody has. */
public final class FreePort {

    private FreePort() {}

    /** {@return the number of one} */
    public static int number() {
        try (var socket = taken()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return one that is taken now, until the caller closes it}
     *
     * <p>Below those that systems give to outgoing connections, one of which could have the port while a server is down.
     */
    public static ServerSocket taken() throws IOException {
        var none = new BindException("no free port found between 20000 and 32000");
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                none.addSuppressed(taken);
            }
        }
        throw none;
    }
}
