package dev.clickstream.storefront.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void values_areEscaped_piecesAreNot() {
        Html inner = Html.of("<b title=\"{}\">{}</b>", "\"onload='x'", "<script>&");

        assertThat(Html.of("<p>{}{}</p>", inner, 7).text())
                .isEqualTo("<p><b title=\"&quot;onload=&#39;x&#39;\">&lt;script&gt;&amp;</b>7</p>");
    }

    @Test
    void placeInAValue_isNoPlace() {
        assertThat(Html.of("{}-{}", "{}", "x").text()).isEqualTo("{}-x");
    }

    @Test
    void placesAndValues_mustBeAsMany() {
        assertThatThrownBy(() -> Html.of("{}", "a", "b")).hasMessage("more values than places: 2");
        assertThatThrownBy(() -> Html.of("{} {}", "a")).hasMessage("fewer values than places: 1");
    }

    @Test
    void all_standsOneAfterTheOther() {
        assertThat(Html.all(List.of(Html.of("{}", 1), Html.NOTHING, Html.of("{}", 2)))
                        .text())
                .isEqualTo("12");
    }
}
