package dev.clickstream.local.aws;

import java.util.ServiceLoader;
import org.apache.logging.log4j.simple.SimpleLoggerContextFactory;
import org.apache.logging.log4j.spi.Provider;
import org.slf4j.LoggerFactory;

/**
 * Keeps the stand-ins quiet by default, as far as that can be done without touching a user's logging.
 *
 * <p>Nothing that is already set is changed.
 */
final class StandInLogs {
    private static final String SLF4J_SIMPLE = "org.slf4j.simpleLogger.log.";
    private static final String LOG4J_FACTORY = "log4j2.loggerContextFactory";

    private StandInLogs() {}

    static void quiet() {
        setIfAbsent(SLF4J_SIMPLE + "org.gaul", "warn");
        setIfAbsent(SLF4J_SIMPLE + "org.eclipse.jetty", "warn");
        // Before the services start in parallel: SLF4J says so when it finds its logging in several threads at once.
        LoggerFactory.getILoggerFactory();
        if (ServiceLoader.load(Provider.class).findFirst().isEmpty()) {
            // DynamoDBLocal logs through Log4j's API, which complains when nothing stands behind it.
            setIfAbsent(LOG4J_FACTORY, SimpleLoggerContextFactory.class.getName());
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
