package dev.clickstream.storefront.shop;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Who has signed up, in memory. Thread-safe. Passwords are kept as salted PBKDF2 hashes. */
final class Accounts {

    static final int LEAST_PASSWORD = 8;

    private static final int MOST_TEXT = 200;
    private static final int MOST_ACCOUNTS = 100_000;
    private static final int ITERATIONS = 60_000;
    private static final int HASH_BITS = 256;
    private static final int SALT_BYTES = 16;

    private final Map<String, Stored> byEmail = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * A person with an account.
     *
     * @param id random: events carry it, and never the address
     * @param email as it was typed
     */
    record Account(String id, String email) {
        /** The id only. */
        @Override
        public String toString() {
            return "Account[" + id + "]";
        }
    }

    private record Stored(Account account, byte[] salt, byte[] hash) {
        @Override
        public String toString() {
            return account.toString();
        }
    }

    /**
     * Makes an account.
     *
     * @throws IllegalArgumentException with a sentence for the visitor
     */
    Account signUp(String email, String password) {
        check(email.matches("[^@\\s]+@[^@\\s]+") && email.length() <= MOST_TEXT, "Please give an e-mail address.");
        check(
                password.length() >= LEAST_PASSWORD && password.length() <= MOST_TEXT,
                "Please choose a password of " + LEAST_PASSWORD + " characters or more.");
        check(byEmail.size() < MOST_ACCOUNTS, "No more accounts can be made here.");
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Account account = new Account(UUID.randomUUID().toString(), email);
        Stored stored = new Stored(account, salt, hash(password, salt));
        check(byEmail.putIfAbsent(key(email), stored) == null, "There is an account with this address already.");
        return account;
    }

    private static void check(boolean right, String sentence) {
        if (!right) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** Whose address and password these are, if anybody's. */
    Optional<Account> logIn(String email, String password) {
        Stored stored = byEmail.get(key(email));
        if (stored == null || password.length() > MOST_TEXT) {
            return Optional.empty();
        }
        boolean same = MessageDigest.isEqual(stored.hash, hash(password, stored.salt));
        return same ? Optional.of(stored.account) : Optional.empty();
    }

    private static String key(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static byte[] hash(String password, byte[] salt) {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        }
    }

    /** A token that nobody guesses. */
    String newToken() {
        byte[] token = new byte[SALT_BYTES];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
