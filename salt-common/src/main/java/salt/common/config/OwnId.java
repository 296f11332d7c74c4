package salt.common.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the id of a minion whose configuration has none: the one kept in the file {@code
 * minion_id}, or the first usable name of the machine.
 */
final class OwnId {
  /** Names every machine has; none of them can tell a minion from another. */
  private static final Pattern COMMON_NAME =
      Pattern.compile(
          "localhost.*|ip6-.*|127[.]\\d.*|0\\.0\\.0\\.0.*|::1.*|ipv6-.*|fe00::.*|fe02::.*"
              + "|1.0.0.*.ip6.arpa.*",
          Pattern.DOTALL);

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final HostNames hostNames;

  OwnId(HostNames hostNames) {
    this.hostNames = hostNames;
  }

  /**
   * An id.
   *
   * @param address whether it is an IPv4 address, to which no domain may be appended
   */
  record Found(String id, boolean address) {}

  /**
   * Finds the id as Salt does.
   *
   * @param options the minion's options so far: {@code minion_id_caching}, {@code
   *     minion_id_lowercase}, {@code minion_id_remove_domain}
   * @param cache the file that keeps the id; a kept id is taken as it is
   */
  Found find(Map<String, Object> options, Path cache) {
    if (caching(options)) {
      String kept = kept(cache);
      if (!kept.isEmpty() && !kept.equals("localhost")) {
        return new Found(kept, false);
      }
    }
    String id = generate();
    if (Python.truth(options.get("minion_id_lowercase"))) {
      id = id.toLowerCase(Locale.ROOT);
    }
    id = withoutDomain(id, options.get("minion_id_remove_domain"));
    return new Found(id, IPV4.matcher(id).matches());
  }

  /** Whether an id is to be read from and kept in its file. */
  static boolean caching(Map<String, Object> options) {
    return Python.truth(options.getOrDefault("minion_id_caching", true));
  }

  private static String kept(Path cache) {
    List<String> lines = lines(cache);
    String name = lines.isEmpty() ? "" : lines.get(0).strip();
    return name.startsWith("\uFEFF") ? name.substring(1) : name;
  }

  /** The first usable name: full host name, host name, names in files, addresses. */
  private String generate() {
    String host = hostNames.hostName();
    for (String name : List.of(hostNames.fullName(host), host)) {
      if (usable(name)) {
        return name;
      }
    }
    for (String name : namesInFiles()) {
      if (usable(name)) {
        return name;
      }
    }
    return hostNames.addresses().stream().filter(OwnId::usable).findFirst().orElse("localhost");
  }

  private static boolean usable(String name) {
    return !name.isEmpty() && !COMMON_NAME.matcher(name).matches();
  }

  private List<String> namesInFiles() {
    List<String> names = new ArrayList<>();
    for (Path file : hostNames.nameFiles()) {
      for (String line : lines(file)) {
        List<String> words = words(line);
        if (!words.isEmpty()
            && (words.size() == 1
                || words.get(0).startsWith("127.")
                || words.get(0).equals("::1"))) {
          names.addAll(words);
        }
      }
    }
    return names;
  }

  private static String withoutDomain(String id, Object option) {
    if (Boolean.TRUE.equals(option)) {
      int dot = id.indexOf('.');
      return dot < 0 ? id : id.substring(0, dot);
    } else if (option instanceof String domain && !domain.isEmpty()) {
      String end = "." + domain;
      int start = id.length() - end.length();
      return start >= 0 && id.regionMatches(true, start, end, 0, end.length())
          ? id.substring(0, start)
          : id;
    }
    return id;
  }

  /** The lines of a file of names; none when it cannot be read. */
  static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      // Any of these files may be missing or closed to us; the next source of names is asked.
      return List.of();
    }
  }

  /** The words of a line without its comment. */
  static List<String> words(String line) {
    String content = line.strip();
    int comment = content.indexOf('#');
    content = (comment < 0 ? content : content.substring(0, comment)).strip();
    return content.isEmpty() ? List.of() : Arrays.asList(BLANKS.split(content));
  }
}
