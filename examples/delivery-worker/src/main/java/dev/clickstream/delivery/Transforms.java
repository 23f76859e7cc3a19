package dev.clickstream.delivery;

import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickRules;
import dev.clickstream.cloudfront.RealTimeLogFormat;
import dev.clickstream.consumer.CloudFrontClicks;
import dev.clickstream.consumer.EventPrivacy;
import dev.clickstream.consumer.Transform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the transform that a file asks for. */
final class Transforms {
    /** What records are. */
    private enum Kind {
        CLOUDFRONT,
        PASS_THROUGH
    }

    private Transforms() {}

    static Transform of(ConfigurationFile file) {
        EventPrivacy privacy = PrivateEvents.of(file);
        Transform rows = rows(file);
        return privacy == null ? rows : rows.then(privacy);
    }

    private static Transform rows(ConfigurationFile file) {
        Kind kind = file.choice("transform", Kind.class, Kind.CLOUDFRONT);
        String rules = file.json("rules");
        String rulesFile = file.text("rules_file");
        List<String> fields = file.texts("log_fields");
        String logConfiguration = file.text("log_configuration_file");
        BotPolicy bots = file.isYes("drop_bots") ? BotPolicy.DROP : BotPolicy.KEEP;
        String salt = file.text("salt", "");
        if (kind == Kind.PASS_THROUGH) {
            return Transform.passThrough();
        }
        RealTimeLogFormat format = format(file, fields, logConfiguration);
        ClickRules clicks = rules(file, rules, rulesFile);
        return file.made("rules", "", unused -> new CloudFrontClicks(format, clicks, bots, salt));
    }

    private static RealTimeLogFormat format(
            ConfigurationFile file, List<String> fields, @Nullable String logConfiguration) {
        if (logConfiguration != null) {
            return file.made(
                    "log_configuration_file",
                    logConfiguration,
                    path -> RealTimeLogFormat.fromConfiguration(content(file.beside(path))));
        }
        if (!fields.isEmpty()) {
            return file.made("log_fields", "", unused -> RealTimeLogFormat.of(fields));
        }
        throw file.wrong(
                "log_fields",
                "the fields of the real-time log are wanted, in its own order; or a"
                        + " log_configuration_file with what GetRealtimeLogConfig answers");
    }

    private static ClickRules rules(ConfigurationFile file, @Nullable String rules, @Nullable String rulesFile) {
        if (rulesFile != null) {
            return file.made("rules_file", rulesFile, path -> ClickRules.parse(content(file.beside(path))));
        }
        if (rules != null) {
            return file.made("rules", rules, ClickRules::parse);
        }
        throw file.wrong("rules", "what a click is must be said, or a rules_file be named that says it");
    }

    private static String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
