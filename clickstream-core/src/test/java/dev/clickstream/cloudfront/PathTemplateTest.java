package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

    private static RequestPath path(String text) {
        RealTimeLogReader line = new RealTimeLogReader(RealTimeLogFormat.of(List.of("cs-uri-stem")));
        line.reset(text.getBytes(UTF_8));
        line.next();
        RequestPath path = new RequestPath(line, 0);
        path.reset(line.start(0), line.end(0));
        return path;
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, true",
        "/, /a, false",
        "/a, /a, true",
        "/a, /a/, false",
        "/a, /A, false",
        "/a/{x}, /a/b, true",
        "/a/{x}, /a/, false",
        "/a/{x}, /a, false",
        "/a/{x}, /a/b/c, false",
        "/a/{x}/**, /a/b, true",
        "/a/{x}/**, /a/b/, true",
        "/a/{x}/**, /a/b/c/d, true",
        "/a/{x}/**, /a, false",
        "/image*, /image, true",
        "/image*, /images/1.png, true",
        "/image*, /im, false",
        "/image*, /a/image, false",
        "/site/*, /site/, true",
        "/site/*, /site/x/y, true",
        "/site/*, /site, false",
        "/**, /, true",
        "/**, /a/b, true",
        "/*, /, true",
        "/*, /a/b, true",
        "/b\u00fcro/{x}, /b%25C3%25BCro/1, true",
        "/a/b, /a%252Fb, false",
        "/**, *, false"
    })
    void matches_whatIsOfItsShape(String template, String path, boolean matches) {
        assertThat(new PathTemplate(template).matches(path(path))).isEqualTo(matches);
    }

    @Test
    void variable_isTheWholeSegment_decodedAfterItWasCut() {
        RequestPath path = path("/m/a%252Fb%25C3%25A4/rest");
        PathTemplate template = new PathTemplate("/m/{item_id}/**");
        assertThat(template.matches(path)).isTrue();
        assertThat(template.variable("item_id", path)).isEqualTo("a/b\u00e4");
        assertThat(template.variable("other", path)).isNull();
    }

    @Test
    void path_ofManySegments_isCutWhole() {
        RequestPath path = path("/a".repeat(4_000));
        assertThat(path.count()).isEqualTo(4_000);
        assertThat(path.segment(3_999)).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b | a path template begins with /",
                "/a?b=c | a path has no ?, parameters are matched by query",
                "/a*b | * stands only at the end, as * or /**",
                "/a/**/b | * stands only at the end, as * or /**",
                "/a** | * stands only at the end, as * or /**",
                "/a/{x}y | a variable is a whole segment, such as /{item_id}/",
                "/a/{} | a variable is a whole segment, such as /{item_id}/",
                "/a/{x}* | a variable is a whole segment, so /{name}* cannot be; /{name}/** can",
                "/{x}/{x} | the variable {x} stands twice"
            })
    void new_whenTheTemplateIsWrong_says(String template, String message) {
        assertThatThrownBy(() -> new PathTemplate(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
