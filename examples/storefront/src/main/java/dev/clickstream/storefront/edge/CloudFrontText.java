package dev.clickstream.storefront.edge;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text as viewers send it and as CloudFront then logs it. CloudFront encodes bytes 0 to 32 and from 127 on, and a few
 * characters, the percent sign among them; so what the viewer had encoded is logged encoded twice.
 */
public final class CloudFrontText {

    private static final String SENT_AS_IT_IS = "-_.!*'()";
    private static final String LOGGED_ENCODED = "<>\"#%{}|\\^~[]`'";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private CloudFrontText() {}

    /**
     * A parameter's value as a browser encodes it into a query.
     *
     * @param value any text
     * @return ASCII
     */
    public static String sent(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 32 && (Character.isLetterOrDigit(b) || SENT_AS_IT_IS.indexOf(b) >= 0);
            append(text, b, plain);
        }
        return text.toString();
    }

    /**
     * A request's value as it stands in the log.
     *
     * @param value as the viewer sent it
     * @return ASCII without white space
     */
    public static String logged(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            append(text, b, b > 32 && b < 127 && LOGGED_ENCODED.indexOf(b) < 0);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, byte b, boolean plain) {
        if (plain) {
            text.append((char) b);
        } else {
            text.append('%').append(HEX.toHexDigits(b));
        }
    }
}
