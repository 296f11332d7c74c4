package salt.common.yaml;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import salt.common.payload.Bytes;

/** Loads and writes YAML by Salt's rules. */
public final class Yaml {
  private Yaml() {}

  /**
   * Loads one document; an empty one is null.
   *
   * @throws YamlProblem when it is not YAML, or has a key twice
   */
  public static Object load(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      return value(new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new YamlProblem(
          e.getProblem(),
          mark == null ? 0 : mark.getLine() + 1,
          mark == null ? 0 : mark.getColumn() + 1);
    } catch (org.yaml.snakeyaml.error.YAMLException e) {
      throw new YamlProblem(e.getMessage(), 0, 0);
    }
  }

  /** Writes {@code value} as one document, as Salt's {@code yaml.safe_dump} does. */
  public static String dump(Object value, DumpStyle style) {
    return new Emitter(style).emit(new Representer(style).represent(value));
  }

  private static Object value(Object loaded) {
    if (loaded instanceof Map<?, ?> map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((key, item) -> values.put(value(key), value(item)));
      return values;
    } else if (loaded instanceof Iterable<?> items) {
      List<Object> values = new ArrayList<>();
      items.forEach(item -> values.add(value(item)));
      return values;
    } else if (loaded instanceof Integer number) {
      return number.longValue();
    } else if (loaded instanceof byte[] bytes) {
      return Bytes.copyOf(bytes);
    } else if (loaded instanceof Date date) {
      LocalDateTime time = LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
      return time.toLocalTime().toSecondOfDay() == 0 ? LocalDate.from(time) : time;
    } else if (loaded instanceof BigInteger big && big.bitLength() < 64) {
      return big.longValue();
    }
    return loaded;
  }
}
