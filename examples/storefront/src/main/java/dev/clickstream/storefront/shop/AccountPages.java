package dev.clickstream.storefront.shop;

/** Signing up and logging in. Immutable. */
final class AccountPages {

    private static final String FORM =
            """
            <div class="narrow">
            <h1>{}</h1>
            {}
            <form action="{}" method="post" class="fields">
            <label for="email">E-mail</label>
            <input id="email" name="email" type="email" autocomplete="email" maxlength="200" value="{}" required>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="{}" minlength="{}" maxlength="200" required>
            <button>{}</button>
            </form>
            <p>{}</p>
            </div>
            """;

    private AccountPages() {}

    static Html signUp(String email, String problem) {
        return Html.of(
                FORM,
                "Sign up",
                problem(problem),
                "/sign-up",
                email,
                "new-password",
                Accounts.LEAST_PASSWORD,
                "Sign up",
                new Html(
                        "Signed up before? <a href=\"/log-in\">Log in</a>. Accounts are forgotten when the shop stops."));
    }

    static Html logIn(String email, String problem) {
        return Html.of(
                FORM,
                "Log in",
                problem(problem),
                "/log-in",
                email,
                "current-password",
                1,
                "Log in",
                new Html("No account yet? <a href=\"/sign-up\">Sign up</a>."));
    }

    private static Html problem(String problem) {
        return problem.isEmpty() ? Html.NOTHING : Html.of("<p class=\"problem\" role=\"alert\">{}</p>", problem);
    }
}
