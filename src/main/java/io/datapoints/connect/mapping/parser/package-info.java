/** The grammar of the mapping language. */
@NullMarked
package io.datapoints.connect.mapping.parser;

import org.jspecify.annotations.NullMarked;
