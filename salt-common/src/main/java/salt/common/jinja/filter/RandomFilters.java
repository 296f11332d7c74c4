package salt.common.jinja.filter;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import salt.common.jinja.value.Arithmetic;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;

/** Salt's filters that draw lots. */
final class RandomFilters {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
          + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private RandomFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("random_str", "random(size=32)", (e, a) -> text(Numbers.index(a[0])))
        .filter(
            "random_hash,rand_str",
            "random_hash(size=9999999999, hash_type=None)",
            RandomFilters::hash)
        .filter("gen_mac", "gen_mac(prefix='AC:DE:48')", (e, a) -> mac(Given.str(a[0])))
        .filter("random_sample", "random_sample(value, size, seed=None)", (e, a) -> sample(a))
        .filter("random_shuffle", "random_shuffle(value, seed=None)", (e, a) -> shuffle(a));
  }

  private static String text(int size) {
    Arithmetic.checkSize(size);
    SecureRandom random = new SecureRandom();
    StringBuilder out = new StringBuilder(Math.max(0, size));
    for (int i = 0; i < size; i++) {
      out.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return out.toString();
  }

  private static Object hash(Evaluation evaluation, Object[] a) {
    if (!Types.isInteger(a[0])) {
      Arithmetic.add(a[0], 1L);
    }
    Object type = a[1] == null ? evaluation.options().get("hash_type") : a[1];
    String name = type == null ? "sha256" : Texts.str(type).toLowerCase(Locale.ROOT);
    String algorithm = "md5".equals(name) ? "MD5" : name.replace("sha", "SHA-");
    byte[] drawn = text(32).getBytes(StandardCharsets.UTF_8);
    return HashFilters.hexadecimal(algorithm, drawn);
  }

  private static String mac(String prefix) {
    SecureRandom random = new SecureRandom();
    return "%s:%02X:%02X:%02X"
        .formatted(prefix, random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private static Random random(Object seed) {
    return seed == null ? new SecureRandom() : new Random(Texts.repr(seed).hashCode());
  }

  private static List<Object> items(Object value) {
    return Iteration.list(value);
  }

  private static Object shuffle(Object[] a) {
    List<Object> items = items(a[0]);
    Collections.shuffle(items, random(a[1]));
    return items;
  }

  private static Object sample(Object[] a) {
    List<Object> items = items(a[0]);
    int size = Numbers.index(a[1]);
    if (size < 0 || size > items.size()) {
      throw Errors.value("Sample larger than population or is negative");
    }
    Collections.shuffle(items, random(a[2]));
    return items.subList(0, size);
  }
}
