package dev.clickstream.storefront.edge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What answers behind the edge. Must be thread-safe. */
@FunctionalInterface
public interface Origin {

    /**
     * Answers a request.
     *
     * @param request GET, HEAD or POST; for HEAD the edge leaves the body out
     * @return the answer
     */
    Answer answer(ViewerRequest request);

    /**
     * An answer. The array is not copied and must not change.
     *
     * @param status such as 200
     * @param contentType of the body
     * @param body may be empty
     * @param headers others, each a name and a value
     * @param click the event that the request's log record has to become, or null if none; the origin knows it from what
     *     it did, not from the log
     */
    record Answer(int status, String contentType, byte[] body, List<Header> headers, @Nullable String click) {

        /** Copies the headers. */
        public Answer {
            headers = List.copyOf(headers);
        }

        /**
         * Text.
         *
         * @param status such as 404
         * @param text shown as it is
         * @return an answer that is no click
         */
        public static Answer text(int status, String text) {
            return new Answer(
                    status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), List.of(), null);
        }

        /**
         * Sends the browser to another page, by GET.
         *
         * @param location a path of this site
         * @return an answer that is no click
         */
        public static Answer seeOther(String location) {
            return text(303, "").with("Location", location);
        }

        /**
         * The same answer with another header.
         *
         * @param name may be there already
         * @param value in one line
         * @return a new one
         */
        public Answer with(String name, String value) {
            List<Header> more = new ArrayList<>(headers);
            more.add(new Header(name, value));
            return new Answer(status, contentType, body, more, click);
        }

        /** Neither body nor headers: they hold cookies. */
        @Override
        public String toString() {
            return "Answer[" + status + ", " + contentType + ", " + body.length + " bytes, " + click + "]";
        }
    }

    /**
     * A header.
     *
     * @param name such as {@code Location}
     * @param value in one line
     */
    record Header(String name, String value) {
        /** The name only. */
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }
}
