package ign.backup.notify;

import ign.backup.model.BackupException;
import ign.backup.model.HealthAlert;
import ign.backup.model.OperationRecord;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An address that gets the events {@code backup_operation} and {@code alert} as JSON, signed if there is a key. */
public final class Webhook implements Sink {

    private static final String ALGORITHM = "HmacSHA256";

    private final URI address;
    private final Optional<Secret> key;
    private final Set<Kind> wanted;

    /**
     * Tells {@code address}.
     *
     * @param key signs the body; the other side needs the same
     * @param wanted what it is to hear of
     */
    public Webhook(URI address, Optional<Secret> key, Set<Kind> wanted) {
        this.address = address;
        this.key = key;
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public String name() {
        return "the webhook at '" + address.getHost() + "'";
    }

    @Override
    public List<HttpRequest> requests(OperationRecord operation) {
        if (!wanted.contains(Kind.of(operation))) {
            return List.of();
        }
        return List.of(post(OperationFields.json(OperationFields.all(operation))));
    }

    @Override
    public List<HttpRequest> requests(HealthAlert alert) {
        return wanted.contains(Kind.ALERT)
                ? List.of(post(OperationFields.json(OperationFields.all(alert))))
                : List.of();
    }

    private HttpRequest post(byte[] body) {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ign-backup")
                .POST(BodyPublishers.ofByteArray(body));
        key.ifPresent(secret -> request.header("X-Ign-Signature", "sha256=" + signature(secret, body)));
        return request.build();
    }

    private static String signature(Secret secret, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new BackupException.Defect("every Java has " + ALGORITHM, e);
        }
    }
}
