/** goflow2's flows in Protobuf: their fields by the names that its JSON has for them. */
@NullMarked
package io.datapoints.connect.format.goflow2;

import org.jspecify.annotations.NullMarked;
