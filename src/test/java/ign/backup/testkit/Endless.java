package ign.backup.testkit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A main class that says it is ready and then does nothing for a minute. */
final class Endless {

    private Endless() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write("ready\n".getBytes(StandardCharsets.US_ASCII));
        }
        var never = new CountDownLatch(1);
        if (never.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody counts down");
        }
    }
}
