/**
 * Reports of bad records: a bad record fails the task, becomes a dead letter, or is counted and
 * logged.
 */
@NullMarked
package io.datapoints.connect.errors;

import org.jspecify.annotations.NullMarked;
