package ign.backup.web;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * {@code GET /ign/backup/}: the files of the page.
 *
 * <p>They are the same for everyone and hold no secret, and the page asks for the password itself, as Neo4j Browser does. So this stands before
 * Neo4j's authentication, which would have the web browser ask, with a window that knows no way to sign out. Everything else passes on
 * to that authentication: what the page shows and does goes through the server's Query API.
 */
public final class PageFilter implements Filter {

    /** Nothing of other places, no script or style in the text, no frames around it, and no text that becomes HTML. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final String mount;

    /** @param mount the path below which the page is, without a slash at its end */
    public PageFilter(String mount) {
        this.mount = mount;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && mount.equals(asked.getContextPath())
                && isRead(asked)) {
            var file = PageFile.at(asked.getPathInfo());
            if (file.isPresent()) {
                send(file.get(), asked, answer);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isRead(HttpServletRequest asked) {
        return asked.getMethod().equals("GET") || asked.getMethod().equals("HEAD");
    }

    private static void send(PageFile file, HttpServletRequest asked, HttpServletResponse answer) throws IOException {
        answer.setHeader("Content-Security-Policy", POLICY);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Referrer-Policy", "no-referrer");
        answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        answer.setHeader("Cache-Control", "no-cache"); // kept, but asked about each time: an upgrade is seen at once
        var tag = file.tag();
        answer.setHeader("ETag", tag);
        if (tag.equals(asked.getHeader("If-None-Match"))) {
            answer.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var content = file.content();
        answer.setContentType(file.type());
        answer.setContentLength(content.length);
        if (asked.getMethod().equals("GET")) {
            answer.getOutputStream().write(content);
        }
    }
}
