package salt.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Every option of master and minion of Salt 3006.28: name, allowed kinds of values, default, and
 * what it does where we act on it. Read from the table {@code options.txt} beside this class.
 */
public final class OptionCatalog {
  private static final String TABLE = "options.txt";

  private static final String NO_OPTION = "-";
  private static final String NO_DEFAULT = "?";

  /** The columns behind the name. */
  private static final int TYPES = 1;

  private static final int MASTER_DEFAULT = 2;
  private static final int MINION_DEFAULT = 3;
  private static final int DESCRIPTION = 4;

  private final Map<String, Entry> entries;

  private OptionCatalog(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Whose options: the master's (also used by every command on the master) or the minion's. */
  public enum Side {
    MASTER,
    MINION
  }

  /**
   * Reads the table; keep the result. The launchers name a folder in which it lies also as a file
   * of its own, by the property {@code salt.lib}: to find it in a jar takes Java longer than all
   * other options work together.
   */
  public static OptionCatalog read() {
    String folder = System.getProperty("salt.lib");
    try {
      if (folder != null && Files.isReadable(Path.of(folder, TABLE))) {
        return parse(Files.readString(Path.of(folder, TABLE)));
      }
      try (InputStream in = OptionCatalog.class.getResourceAsStream(TABLE)) {
        return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table of options", e);
    }
  }

  private static OptionCatalog parse(String table) {
    Map<String, Entry> entries = new LinkedHashMap<>(1024);
    String group = "";
    int start = 0;
    while (start < table.length()) {
      int next = table.indexOf('\n', start);
      int end = next < 0 ? table.length() : next;
      char first = table.charAt(start);
      if (first == '=') {
        group = table.substring(start + 2, end);
      } else if (first != '\n' && first != ';') {
        Entry entry = new Entry(table.substring(start, end), group);
        entries.put(entry.name(), entry);
      }
      start = end + 1;
    }
    return new OptionCatalog(entries);
  }

  /** All known options, grouped by topic. */
  public Collection<Entry> entries() {
    return entries.values();
  }

  /** The option of that name; null when there is none. */
  public Entry entry(String name) {
    return entries.get(name);
  }

  /** The names of the known options that nothing here acts on. */
  public Set<String> namesWithoutEffect() {
    Set<String> names = new LinkedHashSet<>();
    for (Entry entry : entries.values()) {
      if (!entry.hasEffect()) {
        names.add(entry.name());
      }
    }
    return names;
  }

  /**
   * The defaults of one side, for the user and home directory of {@code surroundings}. The map is
   * fresh, its lists and maps too.
   */
  Map<String, Object> defaults(Side side, Surroundings surroundings) {
    Map<String, Object> values = new LinkedHashMap<>(1024);
    for (Entry entry : entries.values()) {
      String written = entry.written(side);
      if (!written.equals(NO_OPTION) && !written.equals(NO_DEFAULT)) {
        values.put(entry.name(), Entry.value(written, surroundings));
      }
    }
    return values;
  }

  /**
   * One known option. Its line of the table is taken apart when it is asked for: few options matter
   * to a program that starts.
   */
  public static final class Entry {
    private final String line;
    private final String name;
    private final String group;

    private Entry(String line, String group) {
      this.line = line;
      this.name = line.substring(0, end(line, 0));
      this.group = group;
    }

    /** Its name in the file. */
    public String name() {
      return name;
    }

    /** The topic it is listed under. */
    public String group() {
      return group;
    }

    /** The kinds of values Salt accepts without a warning; empty when Salt does not check. */
    public Set<ValueType> types() {
      String column = column(TYPES);
      Set<ValueType> types = EnumSet.noneOf(ValueType.class);
      if (!"any".equals(column)) {
        for (String kind : column.split("/", -1)) {
          types.add(ValueType.named(kind));
        }
      }
      return types;
    }

    /** What it does; empty when nothing here acts on it. */
    public String description() {
      return column(DESCRIPTION);
    }

    private String column(int index) {
      int start = 0;
      for (int i = 0; i < index; i++) {
        start = end(line, start) + 2;
      }
      // A last column may be empty, without the blank before it.
      start = Math.min(start + 1, line.length());
      return index == DESCRIPTION ? line.substring(start) : line.substring(start, end(line, start));
    }

    /** Where a column ends: before a bar that has a blank in front. */
    private static int end(String line, int start) {
      int bar = line.indexOf('|', start);
      while (line.charAt(bar - 1) != ' ') {
        bar = line.indexOf('|', bar + 1);
      }
      return bar - 1;
    }

    /** Whether it is an option of that side. */
    public boolean belongsTo(Side side) {
      return !written(side).equals(NO_OPTION);
    }

    /** Whether that side has a value for it when no file sets one. */
    public boolean hasDefault(Side side) {
      return belongsTo(side) && !written(side).equals(NO_DEFAULT);
    }

    /** Whether something here acts on it. */
    public boolean hasEffect() {
      return !description().isEmpty();
    }

    /** The default of that side; null when there is none. */
    public Object defaultValue(Side side, Surroundings surroundings) {
      return hasDefault(side) ? value(written(side), surroundings) : null;
    }

    private static Object value(String written, Surroundings surroundings) {
      if (written.startsWith("@home")) {
        return surroundings.home() + written.substring("@home".length());
      } else if ("@user".equals(written)) {
        return surroundings.user();
      }
      return Literal.parse(written);
    }

    private String written(Side side) {
      return column(side == Side.MASTER ? MASTER_DEFAULT : MINION_DEFAULT);
    }
  }
}
