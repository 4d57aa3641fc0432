/** Values of MongoDB's types, from the forms in which records carry them. */
@NullMarked
package io.datapoints.connect.mapping.bson;

import org.jspecify.annotations.NullMarked;
