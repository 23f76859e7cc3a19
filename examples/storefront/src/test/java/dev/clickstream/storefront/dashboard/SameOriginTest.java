package dev.clickstream.storefront.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {
    private static final String JSON = "application/json";

    private final SameOrigin origin = new SameOrigin(8080);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "[::1]:8080"})
    void host_thatIsLoopback_isOwn(String host) {
        assertThat(origin.isOwnHost(host)).isTrue();
        assertThat(origin.mayChange(host, "http://" + host, JSON)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"evil.example:8080", "evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8080.evil.example"})
    void host_thatIsAnotherName_isRefused(String host) {
        assertThat(origin.isOwnHost(host)).isFalse();
        assertThat(origin.mayChange(host, "http://" + host, JSON)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:8081",
                "http://localhost:8080",
                "https://127.0.0.1:8080",
                ""
            })
    void page_ofAnotherOrigin_mayNotChange(String page) {
        assertThat(origin.mayChange("127.0.0.1:8080", page, JSON)).isFalse();
    }

    @Test
    void program_withoutPages_mayChange_ifItSaysJson() {
        assertThat(origin.mayChange("127.0.0.1:8080", null, "application/json; charset=utf-8"))
                .isTrue();
        assertThat(origin.mayChange("127.0.0.1:8080", null, null)).isFalse();
        assertThat(origin.mayChange("127.0.0.1:8080", null, "text/plain")).isFalse();
        assertThat(origin.mayChange("127.0.0.1:8080", null, "application/x-www-form-urlencoded"))
                .isFalse();
    }
}
