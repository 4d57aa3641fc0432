package io.datapoints.connect.store.mongodb.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.WriteError;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.failure.ErrorCode.Verdict;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which cure each code of a server asks for, and what is said of it. */
class ErrorCodeTest {

  @ParameterizedTest
  @CsvSource({
    "6, UNAVAILABLE, UNAVAILABLE",
    "7, UNAVAILABLE, UNAVAILABLE",
    "24, UNAVAILABLE, UNAVAILABLE",
    "46, UNAVAILABLE, UNAVAILABLE",
    "50, UNAVAILABLE, UNAVAILABLE",
    "63, UNAVAILABLE, UNAVAILABLE",
    "64, UNAVAILABLE, UNAVAILABLE",
    "89, UNAVAILABLE, UNAVAILABLE",
    "91, UNAVAILABLE, UNAVAILABLE",
    "100, UNAVAILABLE, UNAVAILABLE",
    "112, UNAVAILABLE, UNAVAILABLE",
    "133, UNAVAILABLE, UNAVAILABLE",
    "150, UNAVAILABLE, UNAVAILABLE",
    "189, UNAVAILABLE, UNAVAILABLE",
    "262, UNAVAILABLE, UNAVAILABLE",
    "462, UNAVAILABLE, UNAVAILABLE",
    "9001, UNAVAILABLE, UNAVAILABLE",
    "10107, UNAVAILABLE, UNAVAILABLE",
    "11600, UNAVAILABLE, UNAVAILABLE",
    "11601, UNAVAILABLE, UNAVAILABLE",
    "11602, UNAVAILABLE, UNAVAILABLE",
    "13388, UNAVAILABLE, UNAVAILABLE",
    "13435, UNAVAILABLE, UNAVAILABLE",
    "13436, UNAVAILABLE, UNAVAILABLE",
    "14031, UNAVAILABLE, UNAVAILABLE",
    "11000, RACE, UNAVAILABLE",
    "2, REFUSED, FATAL",
    "9, REFUSED, FATAL",
    "14, REFUSED, FATAL",
    "22, REFUSED, REFUSED",
    "28, REFUSED, FATAL",
    "40, REFUSED, FATAL",
    "52, REFUSED, FATAL",
    "53, REFUSED, FATAL",
    "54, REFUSED, FATAL",
    "55, REFUSED, FATAL",
    "56, REFUSED, FATAL",
    "57, REFUSED, FATAL",
    "66, REFUSED, FATAL",
    "121, REFUSED, FATAL",
    "171, REFUSED, FATAL",
    "241, REFUSED, FATAL",
    "10334, REFUSED, REFUSED",
    "16755, REFUSED, FATAL",
    "16756, REFUSED, FATAL",
    "17280, REFUSED, FATAL",
    "17419, REFUSED, FATAL",
    "17420, REFUSED, FATAL",
    "11, FATAL, FATAL",
    "13, FATAL, FATAL",
    "18, FATAL, FATAL",
    "20, FATAL, FATAL",
    "59, FATAL, FATAL",
    "61, FATAL, FATAL",
    "67, FATAL, FATAL",
    "68, FATAL, FATAL",
    "72, FATAL, FATAL",
    "73, FATAL, FATAL",
    "85, FATAL, FATAL",
    "86, FATAL, FATAL",
    "115, FATAL, FATAL",
    "166, FATAL, FATAL",
    "301, FATAL, FATAL",
    "8000, FATAL, FATAL",
    "13297, FATAL, FATAL",
    "197, FATAL, FATAL",
    "40415, FATAL, FATAL",
  })
  void eachCodeHasItsVerdicts(int code, Verdict ofOperation, Verdict ofCommand) {
    assertThat(ErrorCode.isKnown(code)).isTrue();
    assertThat(ErrorCode.ofOperation(code)).isEqualTo(ofOperation);
    assertThat(ErrorCode.ofCommand(code)).isEqualTo(ofCommand);
  }

  @Test
  void noCodeIsForgottenHere() {
    // Whoever adds a code adds its line above: this number goes with it.
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number).collect(Collectors.toSet()))
        .hasSameSizeAs(ErrorCode.values())
        .hasSize(67);
  }

  @Test
  void aCodeThatNobodyKnowsBlamesNobodyYet() {
    assertThat(ErrorCode.ofOperation(987_654)).isEqualTo(Verdict.DECLINED);
    assertThat(ErrorCode.ofCommand(987_654)).isEqualTo(Verdict.DECLINED);
    assertThat(ErrorCode.describe(987_654)).isEqualTo("error 987654");
  }

  @Test
  void rowsThatShareAnOperationAreNotDeclinedTogether() {
    WriteError error = new WriteError(17_262, "secret", new BsonDocument());
    assertThat(OperationError.outcome(error, 2)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(OperationError.outcome(error, 1))
        .isEqualTo(new Outcome.Declined(Cause.OTHER, "error 17262"));
  }

  @Test
  void aDuplicateKeyIsToldByItsIndexAlone() {
    WriteError error =
        new WriteError(
            11_000,
            "E11000 duplicate key error collection: m.metrics index: serial_1 dup key: { serial:"
                + " \"secret\" }",
            new BsonDocument());
    assertThat(reason(OperationError.outcome(error, 1)))
        .isEqualTo(
            "DuplicateKey (11000): another document has the same key in the unique index serial_1");
  }

  @Test
  void anIndexIsNotNamedByTheDocument() {
    WriteError error = new WriteError(11_000, "E11000 index: {secret} dup key", new BsonDocument());
    assertThat(reason(OperationError.outcome(error, 1))).doesNotContain("secret");
  }

  @Test
  void aBrokenRuleIsToldByItsNamesAlone() {
    BsonDocument details =
        BsonDocument.parse(
            """
            {failingDocumentId: 'secret', details: {operatorName: '$jsonSchema',
             schemaRulesNotSatisfied: [{operatorName: 'properties', propertiesNotSatisfied: [
               {propertyName: 'value', details: [
                 {operatorName: 'maximum', specifiedAs: {maximum: 5}, consideredValue: {propertyName: 'secret'}}]}]}]}}""");
    String reason =
        reason(
            OperationError.outcome(new WriteError(121, "Document failed validation", details), 1));
    assertThat(reason)
        .isEqualTo("DocumentValidationFailure (121): rule $jsonSchema, maximum, properties, value");
  }

  @Test
  void detailsWithoutEndAreNotFollowed() {
    BsonDocument deep = new BsonDocument();
    for (int i = 0; i < 10_000; i++) {
      deep = new BsonDocument("details", deep);
    }
    assertThat(reason(OperationError.outcome(new WriteError(121, "", deep), 1)))
        .isEqualTo("DocumentValidationFailure (121)");
  }

  @Test
  void theOtherTextsOfAServerAreNotPassedOn() {
    for (ErrorCode code : ErrorCode.values()) {
      WriteError error = new WriteError(code.number(), "secret", new BsonDocument());
      assertThat(OperationError.outcome(error, 1).toString())
          .doesNotContain("secret")
          .contains("(" + code.number() + ")");
    }
  }

  @Test
  void rowsThatShareAnOperationAreNotRefusedTogether() {
    WriteError error = new WriteError(17_419, "", new BsonDocument());
    assertThat(OperationError.outcome(error, 2)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(OperationError.outcome(error, 1)).isInstanceOf(Outcome.Refused.class);
  }

  private static String reason(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).reason();
  }
}
