/**
 * Who may write: names with passwords, tokens, and certificates. Knows nothing of HTTP's server.
 */
@NullMarked
package io.datapoints.connect.http.credentials;

import org.jspecify.annotations.NullMarked;
