package dev.clickstream.local.kinesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key and a certificate for {@code localhost} and {@code 127.0.0.1}, made by the JDK's own keytool; the certificate
 * lies in a file for those who are to trust it.
 */
final class SelfSignedCertificate implements AutoCloseable {

    private static final String ALIAS = "local-kinesis";
    private static final long MADE_WITHIN_SECONDS = 30;
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Path file;

    private SelfSignedCertificate(PrivateKey key, X509Certificate certificate, Path file) {
        this.key = key;
        this.certificate = certificate;
        this.file = file;
    }

    /** Takes about a second; fails with UncheckedIOException. */
    static SelfSignedCertificate create() {
        try {
            Path directory = Files.createTempDirectory("local-kinesis-tls-");
            Path store = directory.resolve("key.p12");
            String password = new BigInteger(130, new SecureRandom()).toString(36);
            try {
                keytool(store, password);
                return read(store, password, directory.resolve("certificate.pem"));
            } finally {
                Files.deleteIfExists(store);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new UncheckedIOException(
                    "no certificate could be made", e instanceof IOException io ? io : new IOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException("interrupted while a certificate was made", new IOException(e));
        }
    }

    private static void keytool(Path store, String password) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-ext",
                "bc:c",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "LOCAL_KINESIS_PASSWORD");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LOCAL_KINESIS_PASSWORD", password);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // its notice would count as an error to some
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MADE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("keytool did not end within " + MADE_WITHIN_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("keytool ended with " + process.exitValue() + ": " + said.strip());
        }
    }

    private static SelfSignedCertificate read(Path store, String password, Path file)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password.toCharArray());
        }
        PrivateKey key = (PrivateKey) keys.getKey(ALIAS, password.toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n" + PEM.encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return new SelfSignedCertificate(key, certificate, file);
    }

    PrivateKey key() {
        return key;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** PEM; goes away on close. */
    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Path directory = file.getParent();
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate's file could not be deleted", e);
        }
    }
}
