package ign.backup.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that nobody but itself has signed, made anew, and its key. */
public final class Certificate {

    /** What Java's tools want as a password, here of no secret. */
    public static final String PASSWORD = "changeit";

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path store;
    private final KeyStore keys;

    private Certificate(Path store, KeyStore keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Makes one. */
    public static Certificate make() {
        var folder = BuildFolder.fresh("certificate");
        var store = folder.resolve("store.p12");
        var keytool = Jdk.ours().home().resolve("bin/keytool").toString();
        var made = Program.run(
                folder,
                Map.of(),
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "7",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        made.expectSuccess();
        try (var stored = Files.newInputStream(store)) {
            return new Certificate(store, read(stored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore read(InputStream stored) throws IOException {
        try {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return the file of both, which Java reads with {@link #PASSWORD}} */
    public Path store() {
        return store;
    }

    /** Writes {@code private.key} and {@code public.crt}, as a server reads them, into a folder that is made. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            var key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
            Files.writeString(folder.resolve("private.key"), pem("PRIVATE KEY", key));
            Files.writeString(
                    folder.resolve("public.crt"),
                    pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + LINES.encodeToString(content) + "\n-----END " + what + "-----\n";
    }

    /** {@return what trusts this certificate and no other} */
    public SSLContext trusting() {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", keys.getCertificate("server"));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
