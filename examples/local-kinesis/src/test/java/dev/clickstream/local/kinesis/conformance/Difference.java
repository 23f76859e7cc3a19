package dev.clickstream.local.kinesis.conformance;

import java.util.List;

/**
 * Where a subject is known to answer otherwise than the real service.
 *
 * @param cases each as class and method; every one of them fails on this subject, and must
 * @param evidence what the failures say, so that a case does not pass as known when it fails for another reason
 * @param answers what the subject answers, in words
 * @param verdict who is right and why
 * @param source where the real service's answer is known from
 */
record Difference(Subject subject, List<String> cases, String evidence, String answers, String verdict, String source) {

    /** Runs a case that is known to fail. */
    void confirm(String testCase, Case run) throws Throwable {
        try {
            run.proceed();
        } catch (AssertionError | RuntimeException failure) {
            if (String.valueOf(failure.getMessage()).contains(evidence)) {
                return;
            }
            throw new AssertionError(
                    subject + " differs in " + testCase + ", but not as listed: no \"" + evidence + "\"", failure);
        }
        throw new AssertionError(subject + " no longer differs in " + testCase + ": take it off the list");
    }

    /** A test's body. */
    interface Case {
        void proceed() throws Throwable;
    }
}
