package salt.common.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import salt.common.payload.Fields;
import salt.common.payload.Json;

/** Files of recorded results for the tests of this package. */
final class Recorded {
  private Recorded() {}

  static Fields read(String name) {
    try (InputStream in = Recorded.class.getResourceAsStream("/job/" + name + ".json")) {
      return Fields.require(
          name, Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
