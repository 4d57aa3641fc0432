/**
 * The mapping language: which value of a record goes to which column of a table or field of a
 * document. This package evaluates its expressions. Pure functions, without Kafka or a driver.
 */
@NullMarked
package io.datapoints.connect.mapping;

import org.jspecify.annotations.NullMarked;
