package dev.clickstream.consumer;

import software.amazon.kinesis.checkpoint.CheckpointConfig;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.LifecycleConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.retrieval.RetrievalConfig;

/**
 * The Kinesis Client Library's own configuration objects, with its own defaults, as a {@link KclCustomizer} sees them.
 *
 * @param checkpoint where checkpoints are kept
 * @param coordinator the scheduler's loop
 * @param leaseManagement the lease table, failover and balancing
 * @param lifecycle what surrounds a processor's calls
 * @param metrics where KCL's own metrics go
 * @param processor how a processor is called
 * @param retrieval polling or enhanced fan-out, as {@link WorkerBuilder#retrieval} says
 */
public record KclConfigs(
        CheckpointConfig checkpoint,
        CoordinatorConfig coordinator,
        LeaseManagementConfig leaseManagement,
        LifecycleConfig lifecycle,
        MetricsConfig metrics,
        ProcessorConfig processor,
        RetrievalConfig retrieval) {}
