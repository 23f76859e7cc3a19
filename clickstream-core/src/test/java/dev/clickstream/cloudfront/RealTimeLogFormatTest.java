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
}
