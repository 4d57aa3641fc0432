/**
 * The port to a database: plan a sample into a row, write a batch of rows, classify the outcome.
 */
@NullMarked
package io.datapoints.connect.store;

import org.jspecify.annotations.NullMarked;
