package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.clickstream.storefront.dashboard.Pipeline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwitchboardTest {

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final Switchboard switchboard = new Switchboard()
            .state("lamp", "Lamp", "Shines.", on -> done.add("lamp " + on))
            .once("bell", "Bell", "Rings.", () -> done.add("bell"))
            .state("fuse", "Fuse", "Blows.", on -> {
                throw new IllegalStateException("blown on purpose");
            });

    @AfterEach
    void close() {
        switchboard.close();
    }

    @Test
    void state_isShownAtOnce_andActsOnChangeOnly() {
        switchboard.set("lamp", false);
        switchboard.set("lamp", true);
        switchboard.set("lamp", true);

        assertThat(switchboard.shown().get(0)).isEqualTo(new Pipeline.Switch("lamp", "Lamp", "Shines.", false, true));
        switchboard.set("lamp", false);
        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(done).containsExactly("lamp true", "lamp false"));
    }

    @Test
    void once_actsEachTime_andIsNeverOn() {
        switchboard.set("bell", true);
        switchboard.set("bell", false);
        switchboard.set("bell", true);

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(done).containsExactly("bell", "bell"));
        assertThat(switchboard.shown()).extracting(Pipeline.Switch::name).containsExactly("lamp", "bell", "fuse");
        assertThat(switchboard.shown().get(1).on()).isFalse();
    }

    @Test
    void actionThatFails_doesNotStopTheOthers() {
        switchboard.set("fuse", true);
        switchboard.set("bell", true);

        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(done).containsExactly("bell"));
    }

    @Test
    void close_switchesOff_andWaitsUntilThatIsDone() {
        switchboard.set("lamp", true);

        switchboard.close();

        assertThat(done).containsExactly("lamp true", "lamp false");
    }

    @Test
    void unknownName_isRefused() {
        assertThatThrownBy(() -> switchboard.set("none", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no switch of this name");
    }
}
