package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What another process may do with the endpoint beside the API, in JSON over the same port: {@code PUT /control/faults}
 * sets faults, {@code GET} tells which are set and how often each was met, {@code DELETE} ends them; {@code GET
 * /control/calls} tells what was called.
 */
final class ControlPath {

    static final String PREFIX = "/control/";

    private static final Map<String, IntFunction<Fault>> COUNTED =
            Map.of("short_read", Fault::shortRead, "repeated_read", Fault::repeatedRead);
    private static final Set<String> SCRIPT_NAMES = Set.of("seed", "faults");
    private static final Set<String> FAULT_NAMES = Set.of(
            "fault",
            "delay_millis",
            "records",
            "operations",
            "stream",
            "shard",
            "first_call",
            "last_call",
            "probability",
            "share");

    private final Faults faults;
    private final CallRecorder recorder;

    ControlPath(Faults faults, CallRecorder recorder) {
        this.faults = faults;
        this.recorder = recorder;
    }

    /** Fails with {@link ApiException}, also for values that a fault refuses. */
    Answer answer(String method, String uri, byte[] body, int length) {
        String request = method + " " + uri;
        return switch (request) {
            case "PUT /control/faults" -> set(Codec.JSON.read(body, length));
            case "DELETE /control/faults" -> {
                faults.set(0, List.of());
                yield Answer.EMPTY;
            }
            case "GET /control/faults" -> this::writeFaults;
            case "GET /control/calls" -> this::writeCalls;
            default ->
                throw ApiException.unknownOperation(
                        "expected PUT, GET or DELETE of /control/faults, or GET of /control/calls");
        };
    }

    private Answer set(Fields script) {
        refuseOthers(script, SCRIPT_NAMES, "the script");
        List<Fields> entries = script.structures("faults");
        if (entries == null) {
            throw ApiException.invalidArgument("the script has no faults: expected {\"seed\": .., \"faults\": [..]}");
        }
        List<Fault> parsed = new ArrayList<>();
        for (Fields entry : entries) {
            parsed.add(parse(entry, "faults[" + parsed.size() + "]"));
        }
        Long seed = script.longNumber("seed");
        faults.set(seed == null ? 0 : seed, parsed);
        return Answer.EMPTY;
    }

    private static void refuseOthers(Fields fields, Set<String> known, String where) {
        String other = fields.firstOtherThan(known);
        if (other != null) {
            throw ApiException.invalidArgument(where + " has no " + other + "; allowed are "
                    + String.join(", ", known.stream().sorted().toList()));
        }
    }

    private static Fault parse(Fields entry, String where) {
        refuseOthers(entry, FAULT_NAMES, where);
        try {
            return narrowed(entry, kind(entry));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidArgument(where + ": " + e.getMessage());
        }
    }

    private static Fault kind(Fields entry) {
        String name = entry.string("fault");
        Integer records = entry.integer("records");
        Long millis = entry.longNumber("delay_millis");
        Duration delay = Duration.ofMillis(millis == null ? 0 : millis);
        IntFunction<Fault> counted = name == null ? null : COUNTED.get(name);
        if (counted != null) {
            return counted.apply(records == null ? 0 : records);
        }
        return switch (name == null ? "" : name) {
            case "latency" -> Fault.latency(delay);
            case "late_request" -> Fault.lateRequest(delay);
            case "throttling" -> Fault.throttling();
            case "internal_failure" -> Fault.internalFailure();
            case "unavailable" -> Fault.unavailable();
            case "connection_reset" -> Fault.connectionReset();
            case "lost_answer" -> Fault.lostAnswer();
            case "split" -> Fault.split();
            case "empty_read" -> Fault.emptyRead();
            default ->
                throw new IllegalArgumentException("fault must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(Fault.Kind.values())
                                        .map(Fault.Kind::text)
                                        .toList())
                        + ", was " + name);
        };
    }

    private static Fault narrowed(Fields entry, Fault fault) {
        Fault narrowed = fault;
        List<String> operations = entry.stringList("operations");
        if (operations != null) {
            narrowed = narrowed.on(operations.toArray(String[]::new));
        }
        String stream = entry.string("stream");
        narrowed = stream == null ? narrowed : narrowed.stream(stream);
        String shard = entry.string("shard");
        narrowed = shard == null ? narrowed : narrowed.shard(shard);
        Long first = entry.longNumber("first_call");
        Long last = entry.longNumber("last_call");
        narrowed = narrowed.calls(first == null ? 1 : first, last == null ? Long.MAX_VALUE : last);
        Double probability = entry.number("probability");
        narrowed = probability == null ? narrowed : narrowed.probability(probability);
        Double share = entry.number("share");
        return share == null ? narrowed : narrowed.share(share);
    }

    private void writeFaults(AnswerWriter out) throws IOException {
        List<Faults.Met> met = faults.met();
        out.structures("faults", met, one -> {
            Fault fault = one.fault();
            Fault.Target target = fault.target();
            out.field("fault", fault.kind().text());
            if (!fault.delay().isZero()) {
                out.field("delay_millis", fault.delay().toMillis());
            }
            if (fault.records() > 0) {
                out.field("records", fault.records());
            }
            out.strings("operations", target.operations());
            out.field("stream", target.stream());
            out.field("shard", target.shard());
            out.field("met", one.times());
        });
    }

    private void writeCalls(AnswerWriter out) throws IOException {
        out.structures("calls", recorder.calls(), one -> {
            out.field("action", one.action());
            out.field("resource", one.resource());
            out.field("calls", one.calls());
            out.field("records", one.records());
            out.field("bytes", one.bytes());
            out.field("largest_bytes", one.largestBytes());
        });
    }

    static boolean isMeant(@Nullable String uri) {
        return uri != null && uri.startsWith(PREFIX);
    }
}
