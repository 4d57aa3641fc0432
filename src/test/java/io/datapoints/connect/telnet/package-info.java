/** KairosDB's telnet commands over real sockets. */
@NullMarked
package io.datapoints.connect.telnet;

import org.jspecify.annotations.NullMarked;
