package dev.clickstream.consumer.audit;

import java.io.IOException;
import java.io.InputStream;

/** Where objects are. */
interface ObjectSource {
    /** Hands over each object, in the order of keys. What is hidden from queries is left out, too: see {@link #isHidden}. */
    void forEach(Visitor visitor) throws IOException;

    /** Takes an object. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes one.
         *
         * @param key within the bucket
         * @param object opened, and closed by the source
         */
        void visit(String key, InputStream object) throws IOException;
    }

    /** As Athena, Hive and Spark see it: names that begin with a dot or an underscore. */
    static boolean isHidden(String key) {
        String folders = "/" + key;
        return folders.contains("/.") || folders.contains("/_");
    }
}
