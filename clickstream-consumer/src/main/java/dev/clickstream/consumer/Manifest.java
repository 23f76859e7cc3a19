package dev.clickstream.consumer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a batch leaves behind, written down before the first of it is written: whoever delivers the batch again, under
 * another configuration, finds by it what to take away.
 *
 * @param objects what is going to be there
 * @param stale what owners with other configurations may have left, to be removed
 */
record Manifest(List<ManifestEntry> objects, List<String> stale) {
    static final Manifest NONE = new Manifest(List.of(), List.of());

    private static final String STALE = "-";

    Manifest {
        objects = List.copyOf(objects);
        stale = List.copyOf(stale);
    }

    boolean isEmpty() {
        return objects.isEmpty() && stale.isEmpty();
    }

    /** The same batch in other objects: what an earlier owner named and this one does not is stale. */
    static Manifest replacing(Manifest earlier, List<ManifestEntry> objects) {
        Set<String> stale = new LinkedHashSet<>(earlier.stale);
        stale.addAll(uris(earlier.objects));
        stale.removeAll(uris(objects));
        return new Manifest(objects, List.copyOf(stale));
    }

    /** Not all of the batch could be read again: what an earlier owner named is fuller, and stays. */
    static Manifest beside(Manifest earlier, List<ManifestEntry> objects) {
        Set<String> named = uris(earlier.objects);
        List<ManifestEntry> all = new ArrayList<>(earlier.objects);
        objects.stream().filter(entry -> !named.contains(entry.uri())).forEach(all::add);
        return new Manifest(all, earlier.stale);
    }

    private static Set<String> uris(List<ManifestEntry> objects) {
        return objects.stream().map(ManifestEntry::uri).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One word without spaces: {@code digest:uri,digest:uri,-:uri}. */
    String toText() {
        List<ManifestEntry> all = new ArrayList<>(objects);
        stale.forEach(uri -> all.add(new ManifestEntry(uri, STALE)));
        return all.stream()
                .sorted(Comparator.comparing(ManifestEntry::uri))
                .map(entry -> entry.digest() + ":" + escaped(entry.uri()))
                .collect(Collectors.joining(","));
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it is not ours
     */
    static Manifest parse(String text) {
        List<ManifestEntry> objects = new ArrayList<>();
        List<String> stale = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = word.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("A manifest's entry is digest:uri; one has no colon");
            }
            String digest = word.substring(0, colon);
            String uri = unescaped(word.substring(colon + 1));
            if (digest.equals(STALE)) {
                stale.add(uri);
            } else {
                objects.add(new ManifestEntry(uri, digest));
            }
        }
        return new Manifest(objects, stale);
    }

    byte[] toBytes() {
        return toText().getBytes(StandardCharsets.UTF_8);
    }

    static Manifest fromBytes(byte[] bytes) {
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String escaped(String uri) {
        return uri.replace("%", "%25").replace(" ", "%20").replace(",", "%2C").replace("\n", "%0A");
    }

    private static String unescaped(String word) {
        return word.replace("%0A", "\n").replace("%2C", ",").replace("%20", " ").replace("%25", "%");
    }
}
