package dev.clickstream.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RealTimeLogFormatTest {

    @Test
    void of_keepsTheOrderGiven_andNamesThatItDoesNotKnow() {
        RealTimeLogFormat format = RealTimeLogFormat.of(List.of("sc-status", "timestamp", "of-tomorrow"));
        assertThat(format.fields()).containsExactly("sc-status", "timestamp", "of-tomorrow");
        assertThat(format.column("timestamp")).isEqualTo(1);
        assertThat(format.column("c-ip")).isEqualTo(-1);
        assertThat(format).hasToString("RealTimeLogFormat[sc-status, timestamp, of-tomorrow]");
    }

    @Test
    void of_whenFieldsAreWrong_says() {
        assertThatThrownBy(() -> RealTimeLogFormat.of(List.of())).hasMessage("a real-time log has at least one field");
        assertThatThrownBy(() -> RealTimeLogFormat.of(List.of("c-ip", " "))).hasMessage("field 2 has no name");
        assertThatThrownBy(() -> RealTimeLogFormat.of(List.of("c-ip", "asn", "c-ip")))
                .hasMessage("the field c-ip stands twice");
    }

    @Test
    void fromConfigured_sortsIntoTheServicesOrder_andRefusesWhatItDoesNotKnow() {
        assertThat(RealTimeLogFormat.fromConfigured(List.of("cs-uri-stem", "timestamp", "asn", "s-ip", "c-ip"))
                        .fields())
                .containsExactly("timestamp", "c-ip", "s-ip", "cs-uri-stem", "asn");
        assertThatThrownBy(() -> RealTimeLogFormat.fromConfigured(List.of("timestamp", "of-tomorrow")))
                .hasMessage("not known, so their place is not either: [of-tomorrow]; "
                        + "give the order of GetRealtimeLogConfig to of()");
        assertThat(LogFields.inOrder())
                .hasSize(71)
                .startsWith("timestamp", "c-ip", "s-ip")
                .endsWith("viewer-request-log-data", "viewer-response-log-data")
                .doesNotHaveDuplicates();
    }

    @Test
    void fromConfiguration_readsTheServicesAnswer() {
        String config =
                """
                {"ARN": "arn:aws:cloudfront::1:realtime-log-config/x", "Name": "x", "SamplingRate": 5,
                 "EndPoints": [{"StreamType": "Kinesis"}], "Fields": ["timestamp", "of-tomorrow", "c-ip"]}""";
        for (String json : List.of(config, "{\"RealtimeLogConfig\":" + config + "}")) {
            RealTimeLogFormat format = RealTimeLogFormat.fromConfiguration(json);
            assertThat(format.fields()).containsExactly("timestamp", "of-tomorrow", "c-ip");
            assertThat(format.samplingRate()).isEqualTo(5);
        }
        assertThat(RealTimeLogFormat.fromConfiguration("{\"Fields\":[\"c-ip\"]}")
                        .samplingRate())
                .isEqualTo(100);
        assertThatThrownBy(() -> RealTimeLogFormat.fromConfiguration("{}"))
                .hasMessage("a RealtimeLogConfig has an array Fields, not empty");
        assertThatThrownBy(() -> RealTimeLogFormat.fromConfiguration("{\"Fields\":[\"c-ip\"],\"SamplingRate\":\"x\"}"))
                .hasMessage("SamplingRate is a whole number of percent");
        assertThatThrownBy(() -> RealTimeLogFormat.fromConfiguration("Fields"))
                .hasMessageStartingWith("a RealtimeLogConfig is JSON: ");
    }

    @Test
    void samplingRate_isOneToAHundredPercent() {
        RealTimeLogFormat format = RealTimeLogFormat.of(List.of("c-ip"));
        assertThat(format.samplingRate()).isEqualTo(100);
        assertThat(format.withSamplingRate(1).samplingRate()).isEqualTo(1);
        assertThat(format.withSamplingRate(25)).hasToString("RealTimeLogFormat[c-ip] 25 %");
        assertThatThrownBy(() -> format.withSamplingRate(0)).hasMessage("a sampling rate is 1 to 100 percent, not 0");
        assertThatThrownBy(() -> format.withSamplingRate(101))
                .hasMessage("a sampling rate is 1 to 100 percent, not 101");
    }
}
