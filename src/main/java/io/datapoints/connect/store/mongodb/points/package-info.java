/**
 * KairosDB's points in MongoDB: a document each, one for a series and hour, or a time-series
 * collection.
 */
@NullMarked
package io.datapoints.connect.store.mongodb.points;

import org.jspecify.annotations.NullMarked;
