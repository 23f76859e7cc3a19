package dev.clickstream.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotListTest {

    @Test
    void shipped_knowsMachinesThatNameThemselves() {
        BotList list = BotList.shipped();
        assertThat(list.contains("Mozilla/5.0 (compatible; Googlebot/2.1)")).isTrue();
        assertThat(list.contains("AhrefsBOT")).isTrue();
        assertThat(list.contains("Baiduspider")).isTrue();
        assertThat(list.contains("crawler4j")).isTrue();
        assertThat(list.contains("Mozilla/5.0 (X11; Linux x86_64) Firefox/83.0"))
                .isFalse();
        assertThat(list).hasToString("BotList[3 words]");
    }

    @Test
    void load_readsAListOfOnesOwn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bots.txt"), "# ours\n\n  Checker \n");
        assertThat(BotList.load(file).contains("uptime-checker/1")).isTrue();
        assertThat(BotList.load(file).contains("Googlebot")).isFalse();

        Path empty = Files.writeString(folder.resolve("none.txt"), "# nothing\n");
        assertThatThrownBy(() -> BotList.load(empty)).hasMessage(empty + ": a bot list has at least one word");
    }
}
