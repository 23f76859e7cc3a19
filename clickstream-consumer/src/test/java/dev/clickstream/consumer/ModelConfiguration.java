package dev.clickstream.consumer;

import java.util.List;

/**
 * How an owner is configured.
 *
 * @param prefix where its rows go
 * @param knows what its transform makes of the letters that another one's takes otherwise
 */
record ModelConfiguration(String prefix, Version knows) {
    static final ModelConfiguration FIRST = new ModelConfiguration("p/", Version.OLD);

    /** The next one's transform gives other rows, and says so. */
    static final ModelConfiguration OTHER = new ModelConfiguration("q/", Version.NEW);

    /** Other rows, from a transform that does not say that it has changed. */
    static final ModelConfiguration UNTOLD = new ModelConfiguration("p/", Version.NEW);

    enum Version {
        OLD,
        NEW
    }

    /** A letter says what becomes of a record: o is ok, d dropped, f failed, t throws; x and y depend on the version. */
    List<Outcome> transform(StreamRecord record) {
        return switch (ModelWorld.kind(record)) {
            case 'o' -> ok(record);
            case 'd' -> List.of(new Outcome.Dropped("d"));
            case 'f' -> List.of(new Outcome.Failed("f", "failed"));
            case 'x' -> knows == Version.OLD ? ok(record) : List.of(new Outcome.Dropped("x"));
            case 'y' -> knows == Version.OLD ? List.of(new Outcome.Failed("y", "failed")) : ok(record);
            default -> throw new IllegalStateException("thrown by a transform");
        };
    }

    private static List<Outcome> ok(StreamRecord record) {
        return List.of(new Outcome.Ok(record.data()));
    }

    /** Where this configuration's rows of a record go, or null if nowhere. */
    String place(StreamRecord record) {
        char kind = ModelWorld.kind(record);
        boolean isOk = kind == 'o' || (kind == 'x' && knows == Version.OLD) || (kind == 'y' && knows == Version.NEW);
        boolean isDropped = kind == 'd' || (kind == 'x' && knows == Version.NEW);
        String hour = record.arrival().getEpochSecond() / 3600 + "h";
        return isDropped ? null : prefix + (isOk ? hour : "failed");
    }
}
