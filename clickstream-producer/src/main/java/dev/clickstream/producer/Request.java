package dev.clickstream.producer;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request on its way: the heads of some lanes, in the order of its entries. Equal to itself only. */
final class Request {

    private final List<Lane> lanes;
    private final long sentAt;
    private final CompletableFuture<List<Transport.EntryResult>> answer;

    Request(List<Lane> lanes, long sentAt, CompletableFuture<List<Transport.EntryResult>> answer) {
        this.lanes = lanes;
        this.sentAt = sentAt;
        this.answer = answer;
    }

    List<Lane> lanes() {
        return lanes;
    }

    long sentAt() {
        return sentAt;
    }

    CompletableFuture<List<Transport.EntryResult>> answer() {
        return answer;
    }
}
