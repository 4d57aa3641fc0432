/**
 * The language that says which value of a record goes to which column of a table or field of a
 * document: what its expressions come to on the values of a record. Pure functions, no Kafka, no
 * driver.
 */
@NullMarked
package io.datapoints.connect.mapping;

import org.jspecify.annotations.NullMarked;
