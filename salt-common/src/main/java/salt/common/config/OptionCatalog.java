package salt.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  private static final String SEPARATOR = " |";
  private static final int COLUMNS = 5;

  private final Map<String, Entry> entries;

  private OptionCatalog(Map<String, Entry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** Whose options: the master's (also used by every command on the master) or the minion's. */
  public enum Side {
    MASTER,
    MINION
  }

  /** Reads the table. It takes a few milliseconds; keep the result. */
  public static OptionCatalog read() {
    try (InputStream in = OptionCatalog.class.getResourceAsStream("options.txt")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the table of options", e);
    }
  }

  private static OptionCatalog parse(String table) {
    Map<String, Entry> entries = new LinkedHashMap<>(1024);
    String group = "";
    for (String line : (Iterable<String>) table.lines()::iterator) {
      if (line.startsWith("= ")) {
        group = line.substring(2);
      } else if (!line.isEmpty() && line.charAt(0) != ';') {
        Entry entry = Entry.of(columns(line), group);
        entries.put(entry.name(), entry);
      }
    }
    return new OptionCatalog(entries);
  }

  private static String[] columns(String line) {
    String[] columns = new String[COLUMNS];
    int start = 0;
    for (int i = 0; i < COLUMNS - 1; i++) {
      int end = line.indexOf(SEPARATOR, start);
      columns[i] = line.substring(start, end).strip();
      start = end + SEPARATOR.length();
    }
    columns[COLUMNS - 1] = line.substring(start).strip();
    return columns;
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
      if (entry.hasDefault(side)) {
        values.put(entry.name(), entry.defaultValue(side, surroundings));
      }
    }
    return values;
  }

  /**
   * One known option.
   *
   * @param name its name in the file
   * @param group the topic it is listed under
   * @param types the kinds of values Salt accepts without a warning; empty when Salt does not check
   * @param masterDefault the master's default as written in the table, {@code ?} when it has none,
   *     {@code -} when it is no option of the master
   * @param minionDefault the same of the minion
   * @param description what it does; empty when nothing here acts on it
   */
  public record Entry(
      String name,
      String group,
      Set<ValueType> types,
      String masterDefault,
      String minionDefault,
      String description) {

    private static Entry of(String[] columns, String group) {
      return new Entry(columns[0], group, types(columns[1]), columns[2], columns[3], columns[4]);
    }

    private static Set<ValueType> types(String column) {
      Set<ValueType> types = EnumSet.noneOf(ValueType.class);
      if (!"any".equals(column)) {
        for (String name : column.split("/", -1)) {
          types.add(ValueType.named(name));
        }
      }
      return types;
    }

    /** Whether it is an option of that side. */
    public boolean belongsTo(Side side) {
      return !"-".equals(written(side));
    }

    /** Whether that side has a value for it when no file sets one. */
    public boolean hasDefault(Side side) {
      return belongsTo(side) && !"?".equals(written(side));
    }

    /** Whether something here acts on it. */
    public boolean hasEffect() {
      return !description.isEmpty();
    }

    /** The default of that side; null when there is none. */
    public Object defaultValue(Side side, Surroundings surroundings) {
      String written = written(side);
      if (written.startsWith("@home")) {
        return surroundings.home() + written.substring("@home".length());
      } else if ("@user".equals(written)) {
        return surroundings.user();
      }
      return hasDefault(side) ? Literal.parse(written) : null;
    }

    private String written(Side side) {
      return side == Side.MASTER ? masterDefault : minionDefault;
    }
  }
}
