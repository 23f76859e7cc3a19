package dev.clickstream.benchmarks.delivery;

/** Bars below one another, in groups, as SVG. Not thread-safe. */
final class Picture {

    private static final int WIDTH = 900;
    private static final int BAR_LEFT = 260;
    private static final int BAR_MOST = 360;
    private static final int ROW = 24;

    private final StringBuilder body = new StringBuilder();
    private int y = 10;

    void title(String title) {
        y += body.isEmpty() ? 12 : 28;
        Report.add(body, "<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s</text>%n", y, title);
        y += 10;
    }

    /**
     * Draws a bar.
     *
     * @param share of the longest bar of its group
     */
    void bar(String label, double share, String value) {
        double width = Math.max(1, share * BAR_MOST);
        Report.add(body, "<text x=\"10\" y=\"%d\">%s</text>", y + 14, label);
        Report.add(body, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"#4878a8\"/>", BAR_LEFT, y, width);
        Report.add(body, "<text x=\"%.1f\" y=\"%d\">%s</text>%n", BAR_LEFT + 6 + width, y + 14, value);
        y += ROW;
    }

    String svg() {
        return Report.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n%s</svg>%n",
                WIDTH, y + 10, body);
    }
}
