package dev.clickstream.local.kinesis;

import java.io.IOException;

/** What an operation answers: the fields of its result's structure. */
interface Answer {

    /** For operations whose result has no body. */
    Answer EMPTY = new Answer() {
        @Override
        public void writeTo(AnswerWriter out) {}

        @Override
        public boolean hasBody() {
            return false;
        }
    };

    void writeTo(AnswerWriter out) throws IOException;

    /** About how many bytes it will be; a hint for the first buffer. */
    default int sizeHint() {
        return 512;
    }

    default boolean hasBody() {
        return true;
    }
}
