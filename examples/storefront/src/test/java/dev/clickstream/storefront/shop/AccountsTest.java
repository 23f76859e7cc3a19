package dev.clickstream.storefront.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccountsTest {

    private final Accounts accounts = new Accounts();

    @Test
    void login_wantsTheRightPassword_andTheAddressWithoutCase() {
        Accounts.Account anna = accounts.signUp("Anna@example.com", "long enough");

        assertThat(accounts.logIn(" anna@EXAMPLE.com ", "long enough")).hasValue(anna);
        assertThat(accounts.logIn("anna@example.com", "long enougH")).isEmpty();
        assertThat(accounts.logIn("ben@example.com", "long enough")).isEmpty();
    }

    @Test
    void signUp_whenSomethingIsWrong_saysWhat() {
        accounts.signUp("anna@example.com", "long enough");

        assertThatThrownBy(() -> accounts.signUp("ANNA@example.com", "other words"))
                .hasMessage("There is an account with this address already.");
        assertThatThrownBy(() -> accounts.signUp("ben", "long enough")).hasMessage("Please give an e-mail address.");
        assertThatThrownBy(() -> accounts.signUp("ben@example.com", "short"))
                .hasMessage("Please choose a password of 8 characters or more.");
    }

    @Test
    void text_holdsNoAddress() {
        assertThat(accounts.signUp("anna@example.com", "long enough").toString())
                .doesNotContain("anna")
                .doesNotContain("example");
    }
}
