package io.datapoints.connect.format.otlp;

import static io.datapoints.connect.format.protobuf.MessageReader.FIXED64;
import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;
import static io.datapoints.connect.format.protobuf.MessageReader.VARINT;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.Arrays;

/** A point of a summary: quantiles that the sender has computed. */
final class SummaryPoint extends DataPoint {

  private static final int TIME = 3 << 3 | FIXED64;
  private static final int COUNT = 4 << 3 | FIXED64;
  private static final int SUM = 5 << 3 | FIXED64;
  private static final int QUANTILE_VALUE = 6 << 3 | LENGTH;
  private static final int ATTRIBUTES = 7 << 3 | LENGTH;
  private static final int FLAGS = 8 << 3 | VARINT;

  private static final int QUANTILE = 1 << 3 | FIXED64;
  private static final int VALUE = 2 << 3 | FIXED64;

  private static final int MAX_QUANTILES = 1_024;
  private static final int INITIAL = 8;

  private final NumberTexts texts;
  private final Summary summary = new Summary();
  private double[] quantiles = new double[INITIAL];
  private double[] values = new double[INITIAL];
  private int size;

  SummaryPoint(NumberTexts texts) {
    this.texts = texts;
  }

  @Override
  void clear() {
    summary.clear();
    summary.sum(0);
    size = 0;
  }

  @Override
  boolean take(int tag, MessageReader in) throws IOException, PartFault {
    switch (tag) {
      case TIME -> nanos = in.fixed64();
      case COUNT -> summary.count = in.fixed64();
      case SUM -> summary.sum(in.float64());
      case QUANTILE_VALUE -> quantile(in);
      case ATTRIBUTES -> attributes.add(in);
      case FLAGS -> flags = in.varint();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void quantile(MessageReader in) throws IOException, PartFault {
    if (size == MAX_QUANTILES) {
      throw new PartFault(Rule.SIZE, " has more than " + MAX_QUANTILES + " quantiles.");
    }
    if (size == values.length) {
      quantiles = Arrays.copyOf(quantiles, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    quantiles[size] = 0;
    values[size] = 0;
    long entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case QUANTILE -> quantiles[size] = in.float64();
        case VALUE -> values[size] = in.float64();
        default -> in.skip(tag);
      }
    }
    in.leave(entered);
    size++;
  }

  @Override
  void write(PointWriter out) throws PartFault {
    summary.write(out);
    for (int i = 0; i < size; i++) {
      out.quantile(texts.of(quantiles[i]), values[i]);
    }
  }
}
