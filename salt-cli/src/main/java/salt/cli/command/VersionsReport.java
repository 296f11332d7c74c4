package salt.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The report of {@code --versions-report}. */
final class VersionsReport {
  private VersionsReport() {}

  /** The report, one section each for Salt, us, Java, the libraries and the system. */
  static String of(Versions versions) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> salt = new LinkedHashMap<>();
    salt.put("Salt", versions.salt());
    salt.put("Salt on the JVM", versions.product());
    sections.put("Salt Version", salt);
    sections.put("Java Version", Map.of("Java", java()));
    sections.put("Dependency Versions", versions.libraries());
    sections.put("System Versions", system());
    int width =
        sections.values().stream()
            .flatMap(section -> section.keySet().stream())
            .mapToInt(String::length)
            .max()
            .orElseThrow();
    StringBuilder report = new StringBuilder();
    sections.forEach(
        (title, section) -> {
          report.append(title).append(":\n");
          section.forEach(
              (name, version) ->
                  report
                      .append(" ".repeat(width + 2 - name.length()))
                      .append(name)
                      .append(": ")
                      .append(version)
                      .append('\n'));
          report.append(" \n");
        });
    return report.toString();
  }

  private static String java() {
    return System.getProperty("java.version")
        + " ("
        + System.getProperty("java.vm.name")
        + ", "
        + System.getProperty("java.vendor")
        + ")";
  }

  private static Map<String, String> system() {
    Map<String, String> release = release(Path.of("/etc/os-release"));
    String machine = System.getProperty("os.arch");
    String number = debianVersion(release).orElse(release.getOrDefault("VERSION_ID", ""));
    String name = release.getOrDefault("VERSION_CODENAME", "");
    Map<String, String> system = new LinkedHashMap<>();
    system.put("dist", String.join(" ", release.getOrDefault("ID", ""), number, name).strip());
    system.put("locale", System.getProperty("file.encoding").toLowerCase(Locale.ROOT));
    system.put("machine", machine.equals("amd64") ? "x86_64" : machine);
    system.put("release", System.getProperty("os.version"));
    system.put("system", System.getProperty("os.name"));
    system.put("version", String.join(" ", release.getOrDefault("NAME", ""), number, name).strip());
    return system;
  }

  /** Debian keeps its point release in a file of its own. */
  private static Optional<String> debianVersion(Map<String, String> release) {
    Path file = Path.of("/etc/debian_version");
    if (!"debian".equals(release.get("ID")) || !Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> text.matches("[\\d.]+"));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** What a system says of itself; empty when it says nothing. */
  private static Map<String, String> release(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!Files.isReadable(file)) {
      return values;
    }
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(
              line.substring(0, equals),
              line.substring(equals + 1).replaceAll("^['\"]|['\"]$", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    return values;
  }
}
