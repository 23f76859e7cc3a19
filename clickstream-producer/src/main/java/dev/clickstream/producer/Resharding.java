package dev.clickstream.producer;

import dev.clickstream.producer.ShardRefresh.News;

/** Brings fresh pictures of the shards to the lanes, and to the records that wait for them. On the send thread. */
final class Resharding {

    private final ShardRefresh refresh;
    private final ShardLanes lanes;
    private final ResultSorter sorter;

    Resharding(ShardRefresh refresh, ShardLanes lanes, ResultSorter sorter) {
        this.refresh = refresh;
        this.lanes = lanes;
        this.sorter = sorter;
    }

    /** A record was written to another shard than its lane's. */
    void evidence(long now) {
        refresh.evidence(now);
    }

    /** As long as nothing is to be sent, nobody is asked. */
    void look(long now) {
        News news = lanes.isEmpty() ? null : refresh.poll(now);
        if (news == null) {
            return;
        }
        if (news.map() != null) {
            lanes.use(news.map(), now);
            for (Lane lane : lanes.unjudged()) {
                if (sorter.judgeAgain(lane, now)) {
                    refresh.evidence(now);
                }
            }
        } else if (lanes.hasNoMap()) {
            sorter.withoutShards(lanes.unplaced(), news.failure(), news.code(), now);
        }
    }

    /** Nanoseconds until {@link #look} has something to do, or at most the given number. */
    long untilLook(long now, long most) {
        return lanes.isEmpty() ? most : refresh.untilPoll(now, most);
    }
}
