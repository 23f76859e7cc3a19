package dev.clickstream.producer;

import java.util.List;

/**
 * All lanes. An event goes to one by its key; a lane has at most one record that is not acknowledged. Belongs to the
 * send thread.
 */
interface Lanes {

    /** What an answer tells of a record, compared with where its events belong. */
    enum Verdict {
        /** Readers get all of it. */
        WHOLE,
        /** Readers that check ranges throw the record away: some of it belongs to another shard. */
        STRADDLES,
        /** The shard is not known yet. */
        UNKNOWN
    }

    void add(Pending event);

    boolean isEmpty();

    /** Makes the records of the next request and takes their lanes, or none if none is due. */
    List<Lane> takeRequest(long now, boolean flushing);

    /** Takes lanes that are not on their way and whose oldest event has no time left. */
    List<Lane> takeExpired(long now);

    /** A lane that was taken has been dealt with; it goes on, waits until its time, or ends. */
    void putBack(Lane lane, long now);

    /** Where what was sent after this lane's record waits. */
    List<Lane> behind(Lane lane);

    Verdict judge(Lane lane, String shardId);

    /** Nanoseconds until something must be sent, or at most the given number. */
    long untilSend(long now, long most);

    /** Nanoseconds until a backoff or an event's time ends, or at most the given number. */
    long untilChange(long now, long most);

    /** A copy of all that are not empty, also those on their way. */
    List<Lane> all();

    /** Takes all of them, also those on their way: they are to end. */
    default List<Lane> takeAll() {
        return all();
    }

    /** Lanes of shards that are closed, with a record that is not acknowledged. */
    default int closed() {
        return 0;
    }
}
