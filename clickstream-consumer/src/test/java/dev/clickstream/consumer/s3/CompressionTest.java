package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    private static byte[] written(Compression compression, int rows) throws IOException {
        ObjectWriter writer = new ObjectWriter(compression, new byte[] {'\n'});
        for (int i = 0; i < rows; i++) {
            writer.add(("{\"event_name\":\"page_view\",\"number\":" + i * 7919L % 100_003 + "}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return writer.close().body().stream().readAllBytes();
    }

    private static InputStream reader(Compression compression, byte[] object) throws IOException {
        InputStream in = new ByteArrayInputStream(object);
        return switch (compression) {
            case UNCOMPRESSED -> in;
            case GZIP -> new GZIPInputStream(in);
            case ZSTANDARD -> new ZstdInputStream(in);
        };
    }

    @ParameterizedTest
    @EnumSource
    void object_isReadAsItWasWritten_andIsTheSameAgain(Compression compression) throws IOException {
        byte[] plain = written(Compression.UNCOMPRESSED, 40_000); // 1.6 MB: several frames
        byte[] object = written(compression, 40_000);
        try (InputStream in = reader(compression, object)) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        assertThat(written(compression, 40_000)).isEqualTo(object);
        if (compression != Compression.UNCOMPRESSED) {
            assertThat(object).hasSizeLessThan(plain.length / 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void smallObject_isReadAsItWasWritten(Compression compression) throws IOException {
        try (InputStream in = reader(compression, written(compression, 1))) {
            assertThat(in.readAllBytes()).asString().isEqualTo("{\"event_name\":\"page_view\",\"number\":0}\n");
        }
    }

    @Test
    void extensionsAndEncodings_areTheServices() {
        assertThat(Compression.UNCOMPRESSED.extension()).isEmpty();
        assertThat(Compression.UNCOMPRESSED.contentEncoding()).isNull();
        assertThat(Compression.GZIP.extension()).isEqualTo(".gz");
        assertThat(Compression.GZIP.contentEncoding()).isEqualTo("gzip");
        assertThat(Compression.ZSTANDARD.extension()).isEqualTo(".zst");
        assertThat(Compression.ZSTANDARD.contentEncoding()).isEqualTo("zstd");
    }

    /** RFC 1952: bytes 4 to 7 are the time, and there is no name. */
    @Test
    void gzipHeader_holdsNoTimeAndNoName() throws IOException {
        assertThat(written(Compression.GZIP, 1)).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void zstandard_withoutItsLibrary_saysWhatIsMissing() throws Exception {
        URL classes = Compression.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader withoutLibrary =
                new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> compression = withoutLibrary.loadClass(Compression.class.getName());
            Object zstandard =
                    compression.getField(Compression.ZSTANDARD.name()).get(null);
            var requireAvailable = compression.getDeclaredMethod("requireAvailable");
            requireAvailable.setAccessible(true);
            assertThatThrownBy(() -> requireAvailable.invoke(zstandard))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Compression.ZSTANDARD needs com.github.luben:zstd-jni on the class path");
        }
    }
}
