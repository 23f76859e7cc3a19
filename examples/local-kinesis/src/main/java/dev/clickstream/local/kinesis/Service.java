package dev.clickstream.local.kinesis;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands behind the wire, wired: state, operations, faults, and the count of calls. Thread-safe. */
final class Service {

    private final Account account;
    private final Map<String, DeliveryStream> deliveryStreams;
    private final Faults faults = new Faults();
    private final CallRecorder recorder = new CallRecorder();
    private final ControlPath control = new ControlPath(faults, recorder);
    private final Operations operations;

    Service(Account account, List<DeliveryStream> deliveryStreams) {
        this.account = account;
        this.deliveryStreams = deliveryStreams.stream()
                .collect(Collectors.toUnmodifiableMap(DeliveryStream::name, Function.identity()));
        this.operations = new Operations(account, this.deliveryStreams, faults);
    }

    /** Before a call is carried out; does nothing for a stream that is not there: the call itself tells. */
    void split(Faults.Split split) {
        if (account.names().contains(split.stream())) {
            account.stream(split.stream()).splitInHalf(split.shard());
        }
    }

    ThroughputLimits limits() {
        return account.limits();
    }

    Map<String, DeliveryStream> deliveryStreams() {
        return deliveryStreams;
    }

    Operations operations() {
        return operations;
    }

    Faults faults() {
        return faults;
    }

    CallRecorder recorder() {
        return recorder;
    }

    ControlPath control() {
        return control;
    }
}
