package dev.clickstream.local.kinesis.conformance;

/** Whose answers are compared with those of the real service. */
enum Subject {
    LOCAL_KINESIS("local-kinesis"),
    /** The emulator of that name on npm, of the project kinesis-mock. */
    KINESIS_LOCAL("kinesis-local");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
