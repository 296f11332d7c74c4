package salt.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import salt.common.payload.Json;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobRequestTest {
  @TestFactory
  Stream<DynamicTest> a_request_is_what_real_salt_sends() throws IOException {
    try (InputStream in = JobRequestTest.class.getResourceAsStream("/protocol/cli_publish.json")) {
      Map<?, ?> all = (Map<?, ?>) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      List<DynamicTest> tests = new ArrayList<>();
      for (Object exchange : (List<?>) all.get("exchanges")) {
        Map<?, ?> load = (Map<?, ?>) ((Map<?, ?>) exchange).get("request_load");
        String name = ((Map<?, ?>) exchange).get("step") + " " + tests.size();
        tests.add(DynamicTest.dynamicTest(name, () -> check(load)));
      }
      return tests.stream();
    }
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
