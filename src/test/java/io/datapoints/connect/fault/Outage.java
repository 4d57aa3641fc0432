package io.datapoints.connect.fault;

/** A way to take a store from its clients and to give it back. */
interface Outage {

  void begin();

  void end();

  /** What happens while it lasts. */
  @FunctionalInterface
  interface Course {
    void run() throws Exception;
  }

  static Outage of(Runnable begin, Runnable end) {
    return new Outage() {
      @Override
      public void begin() {
        begin.run();
      }

      @Override
      public void end() {
        end.run();
      }
    };
  }
}
