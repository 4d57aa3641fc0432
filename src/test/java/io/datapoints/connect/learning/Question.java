package io.datapoints.connect.learning;

import java.util.List;

/**
 * A query with what it asks for.
 *
 * @param arguments in the order of the question marks
 */
public record Question(DashboardQuery query, List<Object> arguments) {}
