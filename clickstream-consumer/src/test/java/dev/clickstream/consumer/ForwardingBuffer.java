package dev.clickstream.consumer;

import java.util.List;

/** Another sink's buffer, for a test to change something of it. */
class ForwardingBuffer implements SinkBuffer {
    private final SinkBuffer target;

    ForwardingBuffer(SinkBuffer target) {
        this.target = target;
    }

    @Override
    public void add(Row row) {
        target.add(row);
    }

    @Override
    public void add(FailedRecord failed) {
        target.add(failed);
    }

    @Override
    public long bytes() {
        return target.bytes();
    }

    @Override
    public int objects() {
        return target.objects();
    }

    @Override
    public List<ManifestEntry> seal() {
        return target.seal();
    }

    @Override
    public void deliver(Batch.Content content, WriteWindow window) throws Exception {
        target.deliver(content, window);
    }
}
