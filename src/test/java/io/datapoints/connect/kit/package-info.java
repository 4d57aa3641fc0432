/**
 * Real servers for tests, benchmarks and the quickstart: each one a JVM of its own, resolved from
 * Maven coordinates when it is needed. Nothing here depends on JUnit but {@code ServersExtension}.
 */
@NullMarked
package io.datapoints.connect.kit;

import org.jspecify.annotations.NullMarked;
