package dev.clickstream.consumer.audit;

/**
 * Something that is not as it should be. Names positions and objects only, never what a record holds.
 *
 * @param kind what is wrong
 * @param where which record, and which objects
 */
public record Finding(Kind kind, String where) {
    /** What can be wrong. */
    public enum Kind {
        /** A row stands in two places. */
        DOUBLED("more than once"),
        /** A row stands behind one that came later in its shard, in one object. */
        OUT_OF_ORDER("out of order within their object"),
        /** A row lies in an object whose key is not one of its arrival's time. */
        WRONG_PREFIX("not under the prefix of their arrival"),
        /** A record has no row and is not in the error output, or some of its rows are not there. */
        MISSING("missing"),
        /** A row's record is not in the stream, though what came before it still is. */
        UNKNOWN("of records that are not in the stream"),
        /** The error output holds a record more often than the stream. */
        FAILED_TWICE("more than once in the error output"),
        /** An object cannot be read, or a line in it does not say where it came from. */
        UNREADABLE("unreadable, or without origin");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /**
         * What is said behind a number of them.
         *
         * @return such as {@code more than once}
         */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return kind + ": " + where;
    }
}
