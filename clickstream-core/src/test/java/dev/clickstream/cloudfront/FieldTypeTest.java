package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTypeTest {

    @ParameterizedTest
    @CsvSource({
        "DECIMAL, 1671005351.148, true",
        "DECIMAL, 0, true",
        "DECIMAL, 1., false",
        "DECIMAL, .5, false",
        "DECIMAL, -1, false",
        "DECIMAL, 1.2.3, false",
        "DECIMAL, 1e5, false",
        "DECIMAL, 1234567890123456789, false",
        "COUNT, 0, true",
        "COUNT, 4294967296, true",
        "COUNT, 1.5, false",
        "COUNT, x, false",
        "STATUS, 000, true",
        "STATUS, 200, true",
        "STATUS, 20, false",
        "STATUS, 2000, false",
        "STATUS, 20x, false",
        "ADDRESS, 10.0.0.1, true",
        "ADDRESS, 2001:db8::1, true",
        "ADDRESS, localhost, false",
        "ADDRESS, 12, false",
        "METHOD, GET, true",
        "METHOD, M-SEARCH, true",
        "METHOD, 200, false",
        "METHOD, GET/, false",
        "TEXT, anything, true"
    })
    void fits_tellsValuesOfTheType(FieldType type, String value, boolean fits) {
        byte[] data = ("<" + value + ">").getBytes(UTF_8);
        assertThat(type.fits(data, 1, data.length - 1)).isEqualTo(fits);
    }
}
