package salt.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Fields;
import salt.common.payload.Json;
import salt.common.testing.Recorded;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobRequestTest {
  @TestFactory
  Stream<DynamicTest> a_request_is_what_real_salt_sends() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fields exchange : Recorded.rows("/protocol/cli_publish.json", "exchanges")) {
      Map<?, ?> load = exchange.map("request_load");
      String name = exchange.text("step") + " " + tests.size();
      tests.add(DynamicTest.dynamicTest(name, () -> check(load)));
    }
    return tests.stream();
  }

  private static void check(Map<?, ?> load) {
    Map<String, Object> extra = new LinkedHashMap<>();
    ((Map<?, ?>) load.get("kwargs")).forEach((key, value) -> extra.put((String) key, value));
    JobRequest request =
        new JobRequest(
            load.get("tgt"),
            (String) load.get("tgt_type"),
            load.get("fun"),
            new ArrayList<>((List<?>) load.get("arg")),
            ((Number) load.get("timeout")).intValue(),
            extra);
    assertThat(Json.write(request.load((String) load.get("user"), (String) load.get("key"))))
        .isEqualTo(Json.write(load));
  }
}
