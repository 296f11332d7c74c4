package salt.minion.grain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text file of facts that lies beside this class: sections in square brackets, below them lines
 * of a name, a colon and what is known of it, which may be nothing. {@code #} starts a comment.
 *
 * @param sections the facts by section and name, in the file's order
 */
record FactTable(Map<String, Map<String, String>> sections) {
  /**
   * Reads a table.
   *
   * @throws IllegalStateException naming the file, when it is not part of the program
   */
  static FactTable read(String file) {
    try (InputStream content = FactTable.class.getResourceAsStream(file)) {
      if (content == null) {
        throw new IllegalStateException("the program lacks its file " + file);
      }
      return parse(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("reading " + file, unreadable);
    }
  }

  private static FactTable parse(String content) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, String> section = new LinkedHashMap<>();
    for (String line : content.lines().map(String::strip).toList()) {
      if (line.startsWith("[")) {
        section =
            sections.computeIfAbsent(
                line.substring(1, line.length() - 1), name -> new LinkedHashMap<>());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        section.put(name.strip(), colon < 0 ? "" : line.substring(colon + 1).strip());
      }
    }
    return new FactTable(sections);
  }

  /** The facts of a section; none when there is no such section. */
  Map<String, String> section(String name) {
    return sections.getOrDefault(name, Map.of());
  }
}
