package dev.clickstream.local.kinesis;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be changed of a stream: its retention, its mode, its records' size, its encryption, its tags. */
final class StreamSettings {

    static final Set<String> MODES = Set.of(Stream.PROVISIONED, Stream.ON_DEMAND);
    static final int MIN_RECORD_KIB = 1_024;
    static final int MAX_RECORD_KIB = 10_240;

    private static final int MAX_RETENTION_HOURS = 8_760;
    private static final int MAX_TAGS_A_PAGE = 50;

    /** Characters of a tag: those of the message, and the colon, which AWS allows in tags everywhere. */
    private static final Pattern TAGGABLE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_./=+%@:-]*");

    private final Account account;

    StreamSettings(Account account) {
        this.account = account;
    }

    Answer updateStreamMode(Fields request) {
        Fields details = request.structure("StreamModeDetails");
        String mode = details == null ? null : details.string("StreamMode");
        new Constraints()
                .notNull(details, "streamModeDetails")
                .notNull(mode, "streamModeDetails.streamMode")
                .oneOf(mode, "streamModeDetails.streamMode", MODES)
                .check();
        account.stream(StreamNames.of(request)).mode(orEmpty(mode));
        return Answer.EMPTY;
    }

    Answer updateMaxRecordSize(Fields request) {
        Integer kib = request.integer("MaxRecordSizeInKiB");
        new Constraints()
                .notNull(kib, "maxRecordSizeInKiB")
                .range(kib, "maxRecordSizeInKiB", MIN_RECORD_KIB, MAX_RECORD_KIB)
                .check();
        account.stream(StreamNames.of(request)).maxRecordKib(kib == null ? MIN_RECORD_KIB : kib);
        return Answer.EMPTY;
    }

    /** Nothing is encrypted: the stream says that it is. */
    Answer startEncryption(Fields request) {
        String key = encryptionKey(request);
        account.stream(StreamNames.of(request)).encryptionKey(key);
        return Answer.EMPTY;
    }

    Answer stopEncryption(Fields request) {
        encryptionKey(request);
        account.stream(StreamNames.of(request)).encryptionKey(null);
        return Answer.EMPTY;
    }

    private static String encryptionKey(Fields request) {
        String type = request.string("EncryptionType");
        String key = request.string("KeyId");
        new Constraints()
                .notNull(type, "encryptionType")
                .oneOf(type, "encryptionType", Set.of("KMS", "NONE"))
                .notNull(key, "keyId")
                .check();
        return orEmpty(key);
    }

    private static String orEmpty(@Nullable String checked) {
        return checked == null ? "" : checked;
    }

    Answer increaseRetention(Fields request) {
        Stream stream = account.stream(StreamNames.of(request));
        int hours = retentionHours(request);
        if (hours < stream.retentionHours()) {
            throw ApiException.invalidArgument("Requested retention period (" + hours + " hours) for stream "
                    + stream.name() + " can not be shorter than existing retention period ("
                    + stream.retentionHours() + " hours). Use DecreaseRetentionPeriod API.");
        }
        stream.retentionHours(hours);
        return Answer.EMPTY;
    }

    Answer decreaseRetention(Fields request) {
        Stream stream = account.stream(StreamNames.of(request));
        int hours = retentionHours(request);
        if (hours > stream.retentionHours()) {
            throw ApiException.invalidArgument("Requested retention period (" + hours + " hours) for stream "
                    + stream.name() + " can not be longer than existing retention period (" + stream.retentionHours()
                    + " hours). Use IncreaseRetentionPeriod API.");
        }
        stream.retentionHours(hours);
        return Answer.EMPTY;
    }

    private static int retentionHours(Fields request) {
        Integer hours = request.integer("RetentionPeriodHours");
        new Constraints().notNull(hours, "retentionPeriodHours").check();
        if (hours == null || hours < Stream.DEFAULT_RETENTION_HOURS) {
            throw ApiException.invalidArgument("Minimum allowed retention period is " + Stream.DEFAULT_RETENTION_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too short.");
        }
        if (hours > MAX_RETENTION_HOURS) {
            throw ApiException.invalidArgument("Maximum allowed retention period is " + MAX_RETENTION_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too long.");
        }
        return hours;
    }

    Answer addTags(Fields request) {
        Map<String, String> tags = request.strings("Tags");
        new Constraints().notNull(tags, "tags").tags(tags, "tags").check();
        Stream stream = account.stream(StreamNames.of(request));
        if (tags != null) {
            checkCharacters(tags);
            stream.addTags(tags);
        }
        return Answer.EMPTY;
    }

    static void checkCharacters(Map<String, String> tags) {
        boolean taggable = tags.entrySet().stream()
                .allMatch(tag -> TAGGABLE.matcher(tag.getKey()).matches()
                        && TAGGABLE.matcher(tag.getValue()).matches());
        if (!taggable) {
            throw ApiException.invalidArgument("Some tags contain invalid characters. Valid characters: Unicode"
                    + " letters, digits, white space, _ . / = + - % @.");
        }
    }

    Answer removeTags(Fields request) {
        List<String> keys = request.stringList("TagKeys");
        new Constraints().notNull(keys, "tagKeys").check();
        account.stream(StreamNames.of(request)).removeTags(keys == null ? List.of() : keys);
        return Answer.EMPTY;
    }

    Answer listTags(Fields request) {
        Integer limit = request.integer("Limit");
        String after = request.string("ExclusiveStartTagKey");
        new Constraints().range(limit, "limit", 1, MAX_TAGS_A_PAGE).check();
        NavigableMap<String, String> tags =
                account.stream(StreamNames.of(request)).tags();
        List<Map.Entry<String, String>> rest =
                List.copyOf((after == null ? tags : tags.tailMap(after, false)).entrySet());
        List<Map.Entry<String, String>> page =
                rest.subList(0, Math.min(rest.size(), limit == null ? MAX_TAGS_A_PAGE : limit));
        return out -> {
            out.structures("Tags", page, tag -> {
                out.field("Key", tag.getKey());
                out.field("Value", tag.getValue());
            });
            out.flag("HasMoreTags", page.size() < rest.size());
        };
    }
}
