/** Tests of goflow2's Protobuf. */
@NullMarked
package io.datapoints.connect.format.goflow2;

import org.jspecify.annotations.NullMarked;
