package dev.clickstream;

import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives a test a {@link Random}, and says its seed when the test fails. The seed is the system property {@code
 * clickstream.seed}, or drawn.
 */
public final class Seed implements ParameterResolver, TestExecutionExceptionHandler {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Seed.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Random.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Random(seed(context));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError("to repeat: -Dclickstream.seed=" + seed(context)));
        throw failure;
    }

    private static long seed(ExtensionContext context) {
        return context.getStore(OURS)
                .getOrComputeIfAbsent(
                        "seed", key -> Long.getLong("clickstream.seed", new SecureRandom().nextLong()), Long.class);
    }
}
