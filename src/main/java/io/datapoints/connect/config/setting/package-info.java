/**
 * What a setting is: its group, default and rule, and what is complained of; with the groups that
 * both stores have.
 */
@NullMarked
package io.datapoints.connect.config.setting;

import org.jspecify.annotations.NullMarked;
