package dev.clickstream.local.kinesis;

/** A registered consumer of enhanced fan-out. */
record StreamConsumer(String name, String arn, String streamArn, long createdAtMillis) {}
