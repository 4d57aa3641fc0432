package io.datapoints.connect.kairosdb.format;

/** The names that KairosDB 1.3 uses in Cassandra. */
public final class KairosNames {

  /** Table of the points; also the value of {@code table_name} in the index tables. */
  public static final String DATA_POINTS = "data_points";

  /** Index table of KairosDB 1.0 and 1.1, which later versions still read. */
  public static final String ROW_KEY_INDEX = "row_key_index";

  /** Table of the metric names. */
  public static final String STRING_INDEX = "string_index";

  /** Index table from metric and row time to data types and tags. */
  public static final String ROW_KEYS = "row_keys";

  /** As {@link #ROW_KEYS}, by one tag pair as well. */
  public static final String TAG_INDEXED_ROW_KEYS = "tag_indexed_row_keys";

  /** Index table from metric to row times. */
  public static final String ROW_KEY_TIME_INDEX = "row_key_time_index";

  /** Table of the keyspace's layout. */
  public static final String SPEC = "spec";

  /** Table of KairosDB's own services; a writer of points does not need it. */
  public static final String SERVICE_INDEX = "service_index";

  /** Key of the metric names in {@link #STRING_INDEX}, stored as its UTF-8 bytes. */
  public static final String METRIC_NAMES = "metric_names";

  /** {@code spec_type} of the rows of {@link #SPEC}. */
  public static final String SPEC_TYPE = "cluster_config";

  /** Name of the spec row that holds a {@link ColumnUnit}. */
  public static final String SPEC_UNIT = "row_time_unit";

  /** Name of the spec row that holds {@link RowLayout#width()} as a decimal number. */
  public static final String SPEC_WIDTH = "row_width";

  /** Data type of a 64-bit integer. */
  public static final String LONG_TYPE = "kairos_long";

  /** Data type of a double. */
  public static final String DOUBLE_TYPE = "kairos_double";

  /** Data type of a text. */
  public static final String STRING_TYPE = "kairos_string";

  /** Data type of a complex number; registered in KairosDB only by a plug-in. */
  public static final String COMPLEX_TYPE = "kairos_complex";

  /** Data type of raw bytes; registered in KairosDB only by a plug-in. */
  public static final String BINARY_TYPE = "kairos_binary";

  private KairosNames() {}
}
