/**
 * The shipped case in {@code config/learning-analytics}: a learning platform made up, the tables
 * that its dashboards read, and what they have to answer.
 */
@NullMarked
package io.datapoints.connect.learning;

import org.jspecify.annotations.NullMarked;
