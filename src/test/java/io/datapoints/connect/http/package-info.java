/** The door's protocol, over sockets. */
@NullMarked
package io.datapoints.connect.http;

import org.jspecify.annotations.NullMarked;
