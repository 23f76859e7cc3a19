package dev.clickstream.delivery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of settings, each of which an environment variable may override: {@code prefix} by {@code
 * CLICKSTREAM_PREFIX}. What is not asked for is a mistake: see {@link #requireNothingElse}. Not thread-safe.
 */
final class ConfigurationFile {
    private static final String VARIABLE_PREFIX = "CLICKSTREAM_";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final JsonNode settings;
    private final Map<String, String> environment;
    private final TreeSet<String> asked = new TreeSet<>();

    private ConfigurationFile(Path file, JsonNode settings, Map<String, String> environment) {
        this.file = file;
        this.settings = settings;
        this.environment = environment;
    }

    /** Reads it. */
    static ConfigurationFile read(Path file, Map<String, String> environment) {
        try {
            JsonNode settings = MAPPER.readTree(Files.readString(file));
            if (!settings.isObject()) {
                throw new ConfigurationException(file + ": one JSON object of settings is wanted");
            }
            return new ConfigurationFile(file, settings, environment);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new ConfigurationException(file + ", line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
        } catch (IOException e) {
            throw new ConfigurationException(file + " cannot be read: " + e);
        }
    }

    /** A path beside the file, unless it is absolute. */
    Path beside(String path) {
        return file.resolveSibling(path);
    }

    /** A text, or null if it is not set. */
    @Nullable
    String text(String name) {
        asked.add(name);
        String variable = environment.get(variable(name));
        if (variable != null) {
            return variable;
        }
        JsonNode node = settings.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isValueNode() || node.isNull()) {
            throw wrong(name, "a text, a number, true or false is wanted");
        }
        return node.asText();
    }

    String text(String name, String unlessSet) {
        String text = text(name);
        return text == null ? unlessSet : text;
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw wrong(name, "it is required");
        }
        return text;
    }

    int number(String name, int least, int most, int unlessSet) {
        String text = text(name, Integer.toString(unlessSet));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(name, "a whole number from " + least + " to " + most + " is wanted, not '" + text + "'");
    }

    /** One of the constants, in whichever case. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E unlessSet) {
        String text = text(name, unlessSet.name());
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
            names.add(constant.name());
        }
        throw wrong(name, "one of " + String.join(", ", names) + " is wanted, not '" + text + "'");
    }

    /** True or false, as JSON and environment variables spell it; false unless set. */
    boolean isYes(String name) {
        return choice(name, YesNo.class, YesNo.FALSE) == YesNo.TRUE;
    }

    private enum YesNo {
        TRUE,
        FALSE
    }

    /** Settings that mean something only together with another one. */
    void requireUnset(String why, String... names) {
        for (String name : names) {
            if (text(name) != null) {
                throw wrong(name, why);
            }
        }
    }

    /** Texts: a JSON array, or with commas between. */
    List<String> texts(String name) {
        asked.add(name);
        JsonNode node = settings.get(name);
        if (environment.get(variable(name)) == null && node != null && node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(element -> texts.add(element.asText()));
            return texts;
        }
        String text = text(name, "");
        return text.isBlank() ? List.of() : List.of(text.split("\\s*,\\s*", -1));
    }

    /** JSON that stands in the file, as text, or null. */
    @Nullable
    String json(String name) {
        asked.add(name);
        JsonNode node = settings.get(name);
        return node == null ? null : node.toString();
    }

    /** What is made of a setting's text; where that is refused, the reason is told with the setting's name. */
    <T> T made(String name, String text, Function<String, T> make) {
        try {
            return make.apply(text);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            throw wrong(name, why.lines().findFirst().orElse(""));
        }
    }

    ConfigurationException wrong(String name, String why) {
        boolean isVariable = environment.containsKey(variable(name));
        return new ConfigurationException(
                (isVariable ? "environment variable " + variable(name) : file + ", " + name) + ": " + why);
    }

    /** The names of all settings there are, as far as they were asked for. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** Misspelt settings would be silently ignored otherwise. */
    void requireNothingElse() {
        settings.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                throw new ConfigurationException(
                        file + ", " + name + ": there is no such setting; there are " + String.join(", ", asked));
            }
        });
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(VARIABLE_PREFIX))
                .filter(variable ->
                        asked.stream().noneMatch(name -> variable(name).equals(variable)))
                .findFirst()
                .ifPresent(variable -> {
                    throw new ConfigurationException("environment variable " + variable
                            + ": there is no such setting; there are " + String.join(", ", asked));
                });
    }

    private static String variable(String name) {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT);
    }
}
