/** Tests of Protobuf's wire format. */
@NullMarked
package io.datapoints.connect.format.protobuf;

import org.jspecify.annotations.NullMarked;
