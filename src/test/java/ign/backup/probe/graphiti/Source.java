package ign.backup.probe.graphiti;

/** Where an episode comes from; how much it mentions, and how long its content is, log-normally. */
enum Source {
    MESSAGE(5, 245, 0.75, 4_000, "chat transcript"),
    JSON(8, 3_900, 0.35, 12_000, "document import"),
    TEXT(14, 7_800, 0.5, 40_000, "document import");

    private final double mentions;
    private final double median;
    private final double sigma;
    private final int most;
    private final String description;

    Source(double mentions, double median, double sigma, int most, String description) {
        this.mentions = mentions;
        this.median = median;
        this.sigma = sigma;
        this.most = most;
        this.description = description;
    }

    /** Draws one: eight of ten are messages. */
    static Source draw(Dice dice) {
        double share = dice.share();
        if (share < 0.8) {
            return MESSAGE;
        }
        return share < 0.9 ? JSON : TEXT;
    }

    int mentions(Dice dice) {
        return Math.max(1, dice.poisson(mentions));
    }

    String content(Dice dice) {
        return dice.text(median, sigma, most);
    }

    String description() {
        return description;
    }
}
