package ign.backup.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The lines of a properties file, which also notices a name that stands there twice. */
final class FileProperties extends Properties {

    private static final long serialVersionUID = 1L;

    final transient Map<String, String> all = new LinkedHashMap<>();
    final transient List<String> repeated = new ArrayList<>();

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
        var before = all.put(key.toString(), value.toString());
        if (before != null) {
            repeated.add(key.toString());
        }
        return before;
    }
}
