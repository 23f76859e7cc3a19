package dev.clickstream.capacity;

/**
 * What goes into a stream. Immutable.
 *
 * @param recordsPerSecond at the peak, 0 or more
 * @param recordBytes of data and partition key together, on average, 0 or more
 */
public record Load(double recordsPerSecond, double recordBytes) {

    /**
     * A load.
     *
     * @throws IllegalArgumentException if a number is negative or none
     */
    public Load {
        if (!(recordsPerSecond >= 0 && recordBytes >= 0)) {
            throw new IllegalArgumentException(
                    "a load has 0 or more, not " + recordsPerSecond + " records a second of " + recordBytes + " bytes");
        }
    }

    /**
     * The same events, packed into aggregated records: as many as fit, whole.
     *
     * @param maxRecordBytes the size that an aggregate may have
     * @param overheadBytes what packing adds to each event, about 10 in the KPL's format
     * @return fewer and larger records; the same if not even two events fit
     */
    public Load packed(int maxRecordBytes, int overheadBytes) {
        double each = recordBytes + overheadBytes;
        double events = Math.floor(maxRecordBytes / each);
        return events < 2 ? this : new Load(recordsPerSecond / events, events * each);
    }

    /**
     * All of it.
     *
     * @return bytes a second
     */
    public double bytesPerSecond() {
        return recordsPerSecond * recordBytes;
    }
}
