package io.datapoints.connect.store.mongodb.bulk;

import java.util.Map;

/**
 * What an open store works with.
 *
 * @param writers one for each collection, by database and collection; the lanes name them
 */
public record Destination(Layout layout, Map<String, BulkWriter> writers) {}
