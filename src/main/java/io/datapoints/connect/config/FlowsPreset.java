package io.datapoints.connect.config;

import io.datapoints.connect.config.FlowsConfig.Field;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.config.mapping.MappedTarget.MongoOptions;
import io.datapoints.connect.config.mapping.MappedTarget.StoreOptions;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.config.setting.FieldPath;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.BucketUnit;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Expression.Call;
import io.datapoints.connect.mapping.Expression.Literal;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The flows layout as settings of the table layout: one mapping for all topics. Readers and stores
 * handle flows as any other mapped record.
 */
public final class FlowsPreset implements MappingConfig {

  /** The default name of the table or collection. */
  public static final String TABLE = "metrics";

  /** The column with the start of the hour or day, where the partition key includes one. */
  public static final String BUCKET = "time_bucket";

  /** Stands for all topics; the name of a topic cannot contain a star. */
  private static final String ALL_TOPICS = "*";

  /** The fields that identify a flow whatever the key is, in the order of the unique index. */
  private static final List<String> KEY =
      List.of("source_ip", "dest_ip", "protocol", "timestamp", "source_port", "dest_port");

  private static final String ID = "id";

  private final MappedTarget target;

  private FlowsPreset(MappedTarget target) {
    this.target = target;
  }

  /** Maps flows to a table of this keyspace. */
  static FlowsPreset cassandra(FlowsConfig flows, Bucket bucket, String keyspace) {
    CassandraOptions options =
        new CassandraOptions(
            null,
            CassandraOptions.TTL_OF_TABLE,
            TimeUnit.SECONDS,
            TimeUnit.MICROSECONDS,
            Field.TIMESTAMP.column(),
            null,
            false,
            null);
    return new FlowsPreset(target(flows, bucket, keyspace, TABLE, options));
  }

  /** Maps flows to a collection of this database. */
  static FlowsPreset mongo(FlowsConfig flows, String database, String collection) {
    String name = collection.isEmpty() ? TABLE : collection;
    MongoOptions options = new MongoOptions(key(flows.key()), "", MappedTarget.Decimals.DECLARED);
    return new FlowsPreset(target(flows, Bucket.NONE, database, name, options));
  }

  /** The fields that identify a flow, in the order of the unique index. */
  public static List<String> key(FlowsKey key) {
    return Stream.concat(KEY.stream(), key.column().stream()).toList();
  }

  private static MappedTarget target(
      FlowsConfig flows, Bucket bucket, String database, String table, StoreOptions store) {
    MappedTarget.Options options = new MappedTarget.Options(true, false, flows.times(), store);
    List<Assignment> assignments = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Field field : Field.values()) {
      String paths = String.join(" or ", flows.paths(field));
      labels.add(paths.equals(field.column()) ? paths : paths + " (" + field.column() + ")");
      assignments.add(assignment(field.column(), required(value(field, flows))));
    }
    switch (flows.key()) {
      case FLOW -> {
        // Its fields are there.
      }
      case ID -> {
        labels.add(String.join(" or ", flows.ids()) + " (" + ID + ")");
        Expression id = call(Function.TEXT, first(places(flows.ids())));
        assignments.add(assignment(ID, required(id)));
      }
      case RECORD -> {
        labels.add("record");
        assignments.add(assignment("record", new Path(Root.RECORD, List.of())));
      }
    }
    if (bucket != Bucket.NONE) {
      Expression time = value(Field.TIMESTAMP, flows);
      BucketUnit unit = bucket == Bucket.HOUR ? BucketUnit.HOUR : BucketUnit.DAY;
      labels.add(labels.get(Field.TIMESTAMP.row()));
      assignments.add(assignment(BUCKET, call(Function.BUCKET, time, new Literal(unit.word()))));
    }
    return new MappedTarget(
        "layout=flows, ",
        database,
        table,
        new Mapping(List.copyOf(assignments), null),
        options,
        new MappedTarget.Names("flow", List.copyOf(labels)),
        flows.filter());
  }

  private static Assignment assignment(String column, Expression source) {
    return new Assignment(List.of(column), Assignment.Operation.SET, source);
  }

  private static Expression required(Expression value) {
    return call(Function.REQUIRED, value);
  }

  private static Expression value(Field field, FlowsConfig flows) {
    List<Expression> places = places(flows.paths(field));
    return switch (field) {
      case SOURCE_IP, DEST_IP -> new Call(Function.IP, List.copyOf(places));
      case SOURCE_PORT, DEST_PORT -> {
        if (flows.defaultPort() != null) {
          places.add(new Literal(flows.defaultPort().longValue()));
        }
        yield call(Function.PORT, first(places));
      }
      case PROTOCOL ->
          flows.protocolNames()
              ? call(Function.PROTOCOL, first(places), new Literal("name"))
              : call(Function.PROTOCOL, first(places));
      case TIMESTAMP -> call(Function.TIME, firstTime(places));
      case VALUE -> {
        if (flows.defaultValue() != null) {
          places.add(new Literal(flows.defaultValue().longValue()));
        }
        yield call(Function.NUMBER, first(places));
      }
    };
  }

  private static List<Expression> places(List<String> paths) {
    List<Expression> places = new ArrayList<>();
    for (String path : paths) {
      places.add(new Path(Root.VALUE, steps(FieldPath.parse(path))));
    }
    return places;
  }

  /** The first that is there and not null. */
  private static Expression first(List<Expression> places) {
    return places.size() == 1 ? places.get(0) : new Call(Function.COALESCE, List.copyOf(places));
  }

  /** Collectors write 0 for a start that they do not know; alone, or as the last, it is a time. */
  private static Expression firstTime(List<Expression> places) {
    int last = places.size() - 1;
    for (int place = 0; place < last; place++) {
      places.set(place, call(Function.NONZERO, places.get(place)));
    }
    return first(places);
  }

  private static List<Step> steps(List<String> names) {
    return names.stream().<Step>map(Step.Field::new).toList();
  }

  private static Call call(Function function, Expression... arguments) {
    return new Call(function, List.of(arguments));
  }

  @Override
  public String mappedAs(String topic) {
    return ALL_TOPICS;
  }

  @Override
  public List<MappedTarget> targets(String topic) {
    return List.of(target);
  }

  @Override
  public Set<String> topics() {
    return Set.of(ALL_TOPICS);
  }

  @Override
  public List<Mapping> mappings(String database, String table) {
    return List.of(target.mapping());
  }
}
