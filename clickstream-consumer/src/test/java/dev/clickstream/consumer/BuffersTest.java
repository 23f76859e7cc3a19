package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers(100, 8);
    private final Buffers.Share small = buffers.open();
    private final Buffers.Share large = buffers.open();

    @Test
    void whoHoldsMost_isDue_beforeTheBoundIsReached() {
        small.holds(30, 1);
        large.holds(44, 1);
        assertThat(large.isDue()).isFalse();

        large.holds(45, 1);
        assertThat(large.isDue()).isTrue();
        assertThat(small.isDue()).isFalse();
        assertThat(small.isFull()).isFalse();
    }

    @Test
    void whoeverTakesMore_overTheBound_isFull() {
        small.holds(1, 1);
        large.holds(99, 1);

        assertThat(small.isFull()).isTrue();
        assertThat(buffers.open().isFull())
                .as("holds nothing that it could deliver")
                .isFalse();
        large.holds(0, 0);
        assertThat(small.isFull()).isFalse();
    }

    @Test
    void objects_areBoundedToo() {
        small.holds(1, 5);
        large.holds(50, 1);

        assertThat(small.isDue()).isTrue();
        assertThat(large.isDue()).isFalse();
        assertThat(buffers.objects()).isEqualTo(6);
        large.holds(50, 3);
        assertThat(large.isFull()).isTrue();
    }

    @Test
    void closedShare_holdsNothing_forGood() {
        small.holds(60, 2);
        large.holds(40, 2);
        small.close();
        small.holds(60, 2);
        small.close();

        assertThat(buffers.bytes()).isEqualTo(40);
        assertThat(buffers.objects()).isEqualTo(2);
    }
}
