package dev.clickstream.event;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses cut to their network. */
final class Addresses {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})\\.\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int IPV6_NETWORK_BYTES = 6;

    private Addresses() {}

    /** The network of an IPv4 (24 bits) or IPv6 (48 bits) address; null for anything else. */
    @Nullable
    static String truncated(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (IPV4.matcher(text).matches()) {
            return text.substring(0, text.lastIndexOf('.')) + ".0";
        }
        if (!IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            // With a colon it is taken as a literal or refused, and never looked up.
            byte[] bytes = InetAddress.getByName(text).getAddress();
            if (bytes.length == 4) {
                bytes[3] = 0;
            } else {
                Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
