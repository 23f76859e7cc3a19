package dev.clickstream.storefront;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Lines that are to flow around every disruption, however slow the machine is: each part of them comes at the player's pace
 * when so many disruptions are over, and in a trickle before. One thread at a time.
 */
final class FlowingLines implements Iterator<LogLine> {

    private static final Duration TRICKLE = Duration.ofMillis(20);

    private final List<LogLine> lines;
    private final int parts;
    private final IntSupplier over;
    private int next;

    /**
     * Of all lines.
     *
     * @param disruptions that there will be
     * @param over how many are over
     */
    FlowingLines(List<LogLine> lines, int disruptions, IntSupplier over) {
        this.lines = lines;
        this.parts = disruptions + 1;
        this.over = over;
    }

    @Override
    public boolean hasNext() {
        return next < lines.size();
    }

    @Override
    public LogLine next() {
        int part = (int) ((long) next * parts / lines.size());
        if (over.getAsInt() < part) {
            WallClock.pause(TRICKLE);
        }
        return lines.get(next++);
    }
}
