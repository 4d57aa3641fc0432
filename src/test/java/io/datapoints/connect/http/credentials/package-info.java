/** Files with clients, and what is said of credentials. */
@NullMarked
package io.datapoints.connect.http.credentials;

import org.jspecify.annotations.NullMarked;
