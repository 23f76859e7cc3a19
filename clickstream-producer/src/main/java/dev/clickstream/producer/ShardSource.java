package dev.clickstream.producer;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells a stream's shards. */
interface ShardSource {

    /**
     * All shards that the stream still keeps, open and closed. Must not block.
     *
     * @return in any order; or exceptionally, best with a {@link Transport.RequestFailedException}
     */
    CompletableFuture<List<Shard>> list();
}
