package salt.common.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Surroundings that do not depend on the machine of the test. */
final class TestSurroundings {
  private TestSurroundings() {}

  /** Those of fred on web1.example.com, at home in that folder. */
  static Surroundings in(Path home) {
    return with(home, Map.of());
  }

  static Surroundings with(Path home, Map<String, String> environment) {
    HostNames names = new FixedHostNames("web1", "web1.example.com", List.of(), List.of());
    return new Surroundings("salt-test", environment, "fred", home, home, names);
  }

  record FixedHostNames(
      String hostName, String fullName, List<String> addresses, List<Path> nameFiles)
      implements HostNames {
    @Override
    public String fullName(String host) {
      return fullName;
    }
  }
}
