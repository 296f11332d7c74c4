package salt.common.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Fields;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NetworkTest {
  @TestFactory
  Stream<DynamicTest> addresses_are_those_of_Python() {
    return Recorded.fields("/target/addresses.json").list("cases").stream()
        .map(item -> Fields.require("case", item))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "address " + each.text("text"),
                    () -> {
                      IpAddress address = IpAddress.parse(each.text("text"));
                      assertThat(address == null ? null : address.text())
                          .isEqualTo(each.any("address"));
                      assertThat(Network.of(each.text("text")) != null)
                          .isEqualTo(each.has("address") || each.has("network"));
                    }));
  }
}
