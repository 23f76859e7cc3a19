package dev.clickstream.storefront;

import dev.clickstream.cloudfront.RealTimeLogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The fields of a log, as the command line gives them. */
final class FieldList {

    private FieldList() {}

    /** Fields of a list with commas, or of a file with one a line; never empty, all different. */
    static List<String> read(String given) {
        try {
            boolean file = !given.contains(",") && Files.isRegularFile(Path.of(given));
            if (!file && !given.contains(",")) {
                throw new IllegalArgumentException("there is no file " + given + ", and a list has commas");
            }
            List<String> fields = file ? Files.readAllLines(Path.of(given)) : Arrays.asList(given.split(",", -1));
            return RealTimeLogFormat.of(fields.stream()
                            .map(String::strip)
                            .filter(field -> !file || !field.isEmpty())
                            .toList())
                    .fields();
        } catch (IOException | IllegalArgumentException e) {
            String problem = e instanceof IOException ? given + " cannot be read as text" : e.getMessage();
            throw new IllegalArgumentException("--fields: " + problem, e);
        }
    }
}
