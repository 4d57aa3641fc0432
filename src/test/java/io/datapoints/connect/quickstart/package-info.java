/**
 * The connector at work on this machine, with nothing installed: real servers, a realistic stream,
 * and proof at the end that every point arrived.
 */
@NullMarked
package io.datapoints.connect.quickstart;

import org.jspecify.annotations.NullMarked;
