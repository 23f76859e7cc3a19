package dev.clickstream.producer;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes futures, and so runs the callbacks that users hang on them: never the send thread, never under a lock. */
final class CompletionThread implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionThread.class);
    private static final ThreadLocal<Boolean> CURRENT = ThreadLocal.withInitial(() -> false);

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean finished;

    CompletionThread(String name) {
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Whether this is such a thread, of whichever producer. */
    static boolean isCurrent() {
        return CURRENT.get();
    }

    void start() {
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Ends when all tasks so far are done. */
    void finish() {
        tasks.add(() -> finished = true);
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void run() {
        CURRENT.set(true);
        while (!finished) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                LOG.debug("A completion thread was interrupted by a callback; it goes on");
            } catch (Throwable e) {
                LOG.error("Completing futures failed", e);
            }
        }
    }
}
