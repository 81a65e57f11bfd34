package ign.backup.web;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;

/** {@code GET /ign/backup/metrics}: the metrics, for whoever can log in. */
@Path("/metrics")
public final class MetricsResource {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final MetricsText metrics;

    /** Called by Jersey, for each request. */
    public MetricsResource(@Context MetricsText metrics) {
        this.metrics = metrics;
    }

    /** {@return the metrics of this moment} */
    @GET
    public Response metrics() {
        return Response.ok(metrics.text(), CONTENT_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }
}
