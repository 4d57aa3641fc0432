/** What happens to a bad record: fail the task, dead-letter it, or count, log and go on. */
@NullMarked
package io.datapoints.connect.errors;

import org.jspecify.annotations.NullMarked;
