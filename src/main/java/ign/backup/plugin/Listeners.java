package ign.backup.plugin;

import ign.backup.operation.Events;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells the log first, and then all others; what goes wrong there is no matter of the operation. */
final class Listeners implements Events {

    private final Events log;
    private final List<Events> others = new CopyOnWriteArrayList<>();

    Listeners(Events log) {
        this.log = log;
    }

    /** Tells that one, too, from now on. */
    void add(Events listener) {
        others.add(listener);
    }

    @Override
    public void tell(Event event) {
        log.tell(event);
        for (var listener : others) {
            try {
                listener.tell(event);
            } catch (RuntimeException e) { // the operation has ended as it has
                log.tell(new Warned(listener.getClass().getSimpleName() + " could not take note of the end of an"
                        + " operation: " + e));
            }
        }
    }
}
