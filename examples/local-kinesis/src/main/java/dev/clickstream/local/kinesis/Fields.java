package dev.clickstream.local.kinesis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's structure as it came over the wire: names and values (String, Long, Double, Boolean, byte[], Fields,
 * List). An accessor of the wrong type answers SerializationException, an absent field or a null is null.
 */
final class Fields {

    private final Codec codec;
    private String[] names = new String[4];
    private Object[] values = new Object[4];
    private int size;

    Fields(Codec codec) {
        this.codec = codec;
    }

    void add(String name, Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    private @Nullable Object value(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    private <T> @Nullable T as(Class<T> type, String name) {
        Object value = value(name);
        if (value == null) {
            return null;
        }
        if (!type.isInstance(value)) {
            throw wrongType(name, value, type);
        }
        return type.cast(value);
    }

    private static ApiException wrongType(String name, Object value, Class<?> type) {
        return ApiException.serialization(
                name + ": " + value.getClass().getName() + " can not be converted to an " + type.getSimpleName());
    }

    @Nullable
    String string(String name) {
        return as(String.class, name);
    }

    /** The number, or the nearest that an int holds. */
    @Nullable
    Integer integer(String name) {
        Long value = as(Long.class, name);
        return value == null ? null : (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    @Nullable
    Long longNumber(String name) {
        return as(Long.class, name);
    }

    @Nullable
    Boolean bool(String name) {
        return as(Boolean.class, name);
    }

    /** Binary in CBOR, base64 in JSON. */
    byte @Nullable [] blob(String name) {
        Object value = value(name);
        if (value == null || value instanceof byte[]) {
            return (byte[]) value;
        }
        if (!(value instanceof String text)) {
            throw wrongType(name, value, byte[].class);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.serialization(name + ": not base64, so it can not be converted to a Blob");
        }
    }

    @Nullable
    Instant timestamp(String name) {
        Number value = as(Number.class, name);
        return value == null ? null : codec.timestamp(value);
    }

    @Nullable
    Fields structure(String name) {
        return as(Fields.class, name);
    }

    /** Null if absent. */
    @Nullable
    List<Fields> structures(String name) {
        List<?> list = as(List.class, name);
        if (list == null) {
            return null;
        }
        List<Fields> structures = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof Fields structure)) {
                throw wrongType(name, element, Fields.class);
            }
            structures.add(structure);
        }
        return structures;
    }

    /** How many elements a list has; 0 if it is absent or no list. */
    int size(String name) {
        return value(name) instanceof List<?> list ? list.size() : 0;
    }

    /** A number with or without a fraction. */
    @Nullable
    Double number(String name) {
        Number value = as(Number.class, name);
        return value == null ? null : value.doubleValue();
    }

    /** A list of strings; null if absent. */
    @Nullable
    List<String> stringList(String name) {
        List<?> list = as(List.class, name);
        if (list == null) {
            return null;
        }
        List<String> strings = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof String string)) {
                throw wrongType(name, element, String.class);
            }
            strings.add(string);
        }
        return strings;
    }

    /** The first name that is not among those known; null if there is none. */
    @Nullable
    String firstOtherThan(Set<String> known) {
        for (int i = 0; i < size; i++) {
            if (!known.contains(names[i])) {
                return names[i];
            }
        }
        return null;
    }

    /** A map of strings, in the order it came; null if absent. */
    @Nullable
    Map<String, String> strings(String name) {
        Fields map = structure(name);
        if (map == null) {
            return null;
        }
        Map<String, String> strings = new LinkedHashMap<>();
        for (int i = 0; i < map.size; i++) {
            if (!(map.values[i] instanceof String value)) {
                throw wrongType(name, map.values[i], String.class);
            }
            strings.put(map.names[i], value);
        }
        return strings;
    }

    /** Names only: values are the user's. */
    @Override
    public String toString() {
        return "Fields" + Arrays.asList(names).subList(0, size);
    }
}
