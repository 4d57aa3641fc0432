package io.datapoints.connect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.kit.MongoChoice.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MongoChoiceTest {

  private static final Map<String, String> GIVEN =
      Map.of(MongoChoice.URI, "mongodb://user:s3cr3t@db.example:27018/?tls=true");

  @Test
  void aConnectionStringComesBeforeDocker() {
    assertThat(MongoChoice.kind(GIVEN, () -> true)).isEqualTo(Kind.GIVEN);
    assertThat(MongoChoice.kind(Map.of(MongoChoice.URI, ""), () -> true)).isEqualTo(Kind.CONTAINER);
  }

  @Test
  void theEmulatorIsTheLastResort() {
    assertThat(MongoChoice.kind(Map.of(), () -> true)).isEqualTo(Kind.CONTAINER);
    assertThat(MongoChoice.kind(Map.of(), () -> false)).isEqualTo(Kind.EMULATOR);
  }

  @Test
  void theEmulatorIsAnErrorWhereARealMongodbIsRequired() {
    Map<String, String> real = Map.of(MongoChoice.REQUIRE, "real");
    assertThatThrownBy(() -> MongoChoice.kind(real, () -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(MongoChoice.URI);
    assertThat(MongoChoice.kind(real, () -> true)).isEqualTo(Kind.CONTAINER);
  }

  @Test
  void aGivenServerIsReachedThroughAProxyWithItsCredentials() {
    try (TcpProxy proxy =
        new TcpProxy(new GivenMongo("mongodb://127.0.0.1").address(), new FreePorts())) {
      String at = proxy.contactPoint();
      assertThat(new GivenMongo("mongodb://db.example").uriThrough(proxy))
          .isEqualTo("mongodb://" + at + "/?directConnection=true");
      assertThat(new GivenMongo("mongodb://u:p@db.example:27018/?tls=true").uriThrough(proxy))
          .isEqualTo("mongodb://u:p@" + at + "/?tls=true&directConnection=true");
      assertThatThrownBy(() -> new GivenMongo("mongodb://a,b/?replicaSet=rs0").uriThrough(proxy))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }
}
