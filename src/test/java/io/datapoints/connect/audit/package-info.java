/**
 * An auditor inside the worker: law 1, committed offset at most durable offset, held against every
 * commit of an integration test.
 */
@NullMarked
package io.datapoints.connect.audit;

import org.jspecify.annotations.NullMarked;
