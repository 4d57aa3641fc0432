package io.datapoints.connect.door;

/**
 * A request that both servers are given.
 *
 * @param name says what is tried
 * @param metric the metric in it, and the start of its neighbours' names
 * @param request what is sent
 * @param difference how the answers differ
 */
record Case(String name, String metric, Request request, Difference difference) {}
