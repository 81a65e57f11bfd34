package ign.backup.format;

import java.util.ArrayList;
import java.util.List;

/** What was read otherwise than it stands in the document; the first few in full, the rest counted. */
final class Warnings {

    private static final int SHOWN = 20;

    private final List<String> shown = new ArrayList<>();
    private long more;

    void add(String warning) {
        if (shown.size() < SHOWN) {
            shown.add(warning);
        } else {
            more++;
        }
    }

    List<String> all() {
        var all = new ArrayList<>(shown);
        if (more > 0) {
            all.add("and " + more + " more of these");
        }
        return all;
    }
}
