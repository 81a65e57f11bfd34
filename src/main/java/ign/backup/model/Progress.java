package ign.backup.model;

/** Where an operation tells how far it is. Called from any of its threads, often; must return at once. */
public interface Progress {

    /** Listens to nothing. */
    Progress NONE = new Progress() {
        @Override
        public void phase(String name, long total, String unit) {}

        @Override
        public void advance(long amount) {}
    };

    /**
     * A phase begins.
     *
     * @param name such as {@code nodes}, {@code relationships}, {@code verify}
     * @param total how much there is to do as far as is known, 0 if it is not
     * @param unit what is counted, such as {@code nodes} or {@code bytes}
     */
    void phase(String name, long total, String unit);

    /** That much more of the phase is done. */
    void advance(long amount);
}
