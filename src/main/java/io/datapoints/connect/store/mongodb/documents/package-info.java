/** Documents of any shape in MongoDB, filled by mappings. */
@NullMarked
package io.datapoints.connect.store.mongodb.documents;

import org.jspecify.annotations.NullMarked;
