package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumbersTest {

    private static final long GENERATION = 1_772_366_400L;

    private final SequenceNumbers numbers = new SequenceNumbers(300, GENERATION);

    @ParameterizedTest
    @ValueSource(longs = {SequenceNumbers.START, 1, 2, 1L << 40, SequenceNumbers.END})
    void position_isFoundAgain(long position) {
        String number = numbers.at(position);
        assertThat(number).hasSize(56);
        assertThat(new BigInteger(number).bitLength()).isEqualTo(186);
        assertThat(new BigInteger(number).toString(16)).hasSize(47).endsWith("0000012c2");
        assertThat(numbers.positionOf(new BigInteger(number))).hasValue(position);
    }

    @Test
    void numbers_grow_andEndBelowTheNextGeneration() {
        assertThat(number(numbers, 2)).isGreaterThan(number(numbers, 1));
        SequenceNumbers child = new SequenceNumbers(2, GENERATION + 1);
        assertThat(number(child, SequenceNumbers.START)).isGreaterThan(number(numbers, SequenceNumbers.END));
    }

    private static BigInteger number(SequenceNumbers numbers, long position) {
        return new BigInteger(numbers.at(position));
    }

    @Test
    void otherNumbers_areNobodysPosition() {
        assertThat(numbers.positionOf(BigInteger.ZERO)).isEmpty();
        assertThat(numbers.positionOf(number(numbers, 5).add(BigInteger.ONE))).isEmpty();
        assertThat(numbers.positionOf(number(new SequenceNumbers(301, GENERATION), 5)))
                .isEmpty();
        assertThat(numbers.positionOf(number(new SequenceNumbers(300, GENERATION + 1), 5)))
                .isEmpty();
        assertThat(numbers.positionOf(number(new SequenceNumbers(300, GENERATION - 1), 5)))
                .isEmpty();
    }
}
