package dev.clickstream.local.kinesis;

/** One operation of the API. Thread-safe; must not block: it runs on an event loop. */
interface Operation {

    /** Fails with {@link ApiException}. */
    Answer answer(Fields request);
}
