/** Protobuf's wire format without generated classes: messages, their fields and texts. */
@NullMarked
package io.datapoints.connect.format.protobuf;

import org.jspecify.annotations.NullMarked;
