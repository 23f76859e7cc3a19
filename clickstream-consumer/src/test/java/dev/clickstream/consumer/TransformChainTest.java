package dev.clickstream.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Privacy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransformChainTest {
    /** A row for each word, with a partition key. */
    private static final Transform WORDS = record -> List.of(text(record).split(" ")).stream()
            .<Outcome>map(word -> new Outcome.Ok(bytes(word), Map.of("from", "words", "length", "" + word.length())))
            .toList();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(StreamRecord record) {
        return new String(record.data(), StandardCharsets.UTF_8);
    }

    private static StreamRecord record(String text) {
        return new StreamRecord("s", "1", 2, "k", Instant.ofEpochMilli(5), bytes(text));
    }

    private static List<Outcome> of(Transform transform, String text) throws InterruptedException {
        return new Transformation(new Processing(transform))
                .of(List.of(new Intake(record(text))))
                .get(0);
    }

    @Test
    void rowsOfTheFirst_areRecordsOfTheSecond_inOrder_withKeysOfBoth() throws Exception {
        Transform second = record -> {
            assertThat(record.toString()).isEqualTo("StreamRecord[s 1.2, 1 bytes]");
            assertThat(record.arrival()).isEqualTo(Instant.ofEpochMilli(5));
            return List.of(
                    new Outcome.Ok(bytes(text(record) + "1"), Map.of("from", "second")),
                    new Outcome.Ok(bytes(text(record) + "2")));
        };

        List<Outcome> outcomes = of(WORDS.then(second), "a b");

        assertThat(outcomes)
                .extracting(outcome -> new String(((Outcome.Ok) outcome).data(), StandardCharsets.UTF_8))
                .containsExactly("a1", "a2", "b1", "b2");
        assertThat(((Outcome.Ok) outcomes.get(0)).partitionKeys()).isEqualTo(Map.of("from", "second", "length", "1"));
        assertThat(((Outcome.Ok) outcomes.get(1)).partitionKeys()).isEqualTo(Map.of("from", "words", "length", "1"));
    }

    @Test
    void failure_ofOneOfSeveralRows_hasThatRowsBytes_ofAnOnlyRow_theRecords() throws Exception {
        Transform second = record -> List.of(
                text(record).equals("bad") ? new Outcome.Failed("Bad", "it is") : new Outcome.Ok(record.data()));

        List<Outcome> several = of(WORDS.then(second), "good bad");
        List<Outcome> only = of(WORDS.then(second), "bad");

        assertThat(several.get(0)).isInstanceOf(Outcome.Ok.class);
        assertThat(several.get(1)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.data())
                .isEqualTo(bytes("bad")));
        assertThat(only).containsExactly(new Outcome.Failed("Bad", "it is"));
    }

    @Test
    void droppedAndFailed_areNotTransformedAgain() throws Exception {
        Transform first = record -> List.of(new Outcome.Dropped("d"), new Outcome.Failed("f", "m"));
        Transform second = record -> {
            throw new AssertionError("is not asked");
        };

        assertThat(of(first.then(second), "x")).containsExactly(new Outcome.Dropped("d"), new Outcome.Failed("f", "m"));
    }

    @Test
    void rowWithoutOutcome_doesNotVanishAmongOthers() throws Exception {
        Transform second = record -> text(record).equals("b") ? List.of() : List.of(new Outcome.Ok(record.data()));

        assertThat(of(WORDS.then(second), "a b"))
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo(Transform.NO_OUTCOME));
    }

    @Test
    void configuration_tellsBoth() {
        Transform chain = Transform.filter("bots", record -> true).then(Transform.passThrough());

        assertThat(chain.configuration()).isEqualTo("filter bots\nthen\n" + PassThrough.class.getName());
    }

    @Test
    void filter_dropsByItsReason() throws Exception {
        Transform filter = Transform.filter("short", record -> record.data().length > 2);

        assertThat(of(filter, "ab")).containsExactly(new Outcome.Dropped("short"));
        assertThat(of(filter, "abc")).singleElement().isInstanceOf(Outcome.Ok.class);
    }

    @Test
    void privacy_changesEvents_andRefusesOthers() throws Exception {
        Transform privacy = new EventPrivacy(Privacy.builder()
                .requireConsent("consent", "yes")
                .drop("page_title")
                .build());
        ClickEvent event = ClickEvent.builder("page_view")
                .userPseudoId("v")
                .pageTitle("secret")
                .property("consent", "yes")
                .build();

        List<Outcome> kept = of(privacy, new String(event.toJson(), StandardCharsets.UTF_8));
        ClickEvent without = event.toBuilder().property("consent", "no").build();

        assertThat(privacy.configuration()).endsWith("\nPrivacy[requireConsent consent [yes], drop [page_title]]");
        ClickEvent left = ClickEvent.fromJson(((Outcome.Ok) kept.get(0)).data());
        assertThat(left.pageTitle()).isNull();
        assertThat(left.eventId()).isEqualTo(event.eventId());
        assertThat(of(privacy, new String(without.toJson(), StandardCharsets.UTF_8)))
                .containsExactly(new Outcome.Dropped("no_consent"));
        assertThat(of(privacy, "{}"))
                .containsExactly(new Outcome.Failed("Event.Invalid", "the bytes are not the JSON of an event"));
    }
}
