package ign.backup.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The handles of one kind of name: keys, labels or types. Safe for several threads. */
final class NameHandles {

    private final Map<String, NameHandle> byText = new HashMap<>();
    private final List<NameHandle> byIndex = new ArrayList<>();
    private final boolean keys;

    private NameHandles(boolean keys) {
        this.keys = keys;
    }

    static NameHandles ofKeys() {
        return new NameHandles(true);
    }

    static NameHandles ofTokens() {
        return new NameHandles(false);
    }

    synchronized NameHandle handle(String name) {
        var known = byText.get(name);
        if (known != null) {
            return known;
        }
        int index = byIndex.size();
        var fresh = keys ? NameHandle.key(name, index) : NameHandle.quoted(name, index);
        byText.put(name, fresh);
        byIndex.add(fresh);
        return fresh;
    }

    /** {@return the counts above 0 under their names} */
    synchronized Map<String, Long> named(long[] counts) {
        var named = new TreeMap<String, Long>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                named.put(byIndex.get(i).text(), counts[i]);
            }
        }
        return named;
    }
}
