package salt.common.target;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * An IP address as Python's {@code ipaddress} reads and writes it.
 *
 * @param value the address as a number
 * @param bits 32 or 128
 * @param text the one canonical spelling
 */
record IpAddress(BigInteger value, int bits, String text) {
  /** Reads an address; null when the text is none. */
  static IpAddress parse(String text) {
    return text.indexOf(':') < 0 ? four(text) : six(text);
  }

  private static IpAddress four(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    long value = 0;
    for (String part : parts) {
      boolean digits = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits || part.length() > 3 || (part.length() > 1 && part.startsWith("0"))) {
        return null;
      }
      int octet = Integer.parseInt(part);
      if (octet > 255) {
        return null;
      }
      value = value << 8 | octet;
    }
    return new IpAddress(BigInteger.valueOf(value), 32, text);
  }

  private static IpAddress six(String text) {
    int zone = text.indexOf('%');
    String suffix = zone < 0 ? "" : text.substring(zone);
    if (zone >= 0
        && (suffix.length() == 1 || suffix.indexOf('%', 1) > 0 || suffix.indexOf('/') > 0)) {
      return null;
    }
    List<Integer> words = words(zone < 0 ? text : text.substring(0, zone));
    if (words == null) {
      return null;
    }
    BigInteger value = BigInteger.ZERO;
    for (int word : words) {
      value = value.shiftLeft(16).or(BigInteger.valueOf(word));
    }
    return new IpAddress(value, 128, compressed(words) + suffix);
  }

  private static List<Integer> words(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      List<Integer> all = half(text);
      return all != null && all.size() == 8 ? all : null;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    List<Integer> head = gap == 0 ? new ArrayList<>() : half(text.substring(0, gap));
    String rest = text.substring(gap + 2);
    List<Integer> tail = rest.isEmpty() ? List.of() : half(rest);
    if (head == null || tail == null || head.size() + tail.size() > 7) {
      return null;
    }
    while (head.size() + tail.size() < 8) {
      head.add(0);
    }
    head.addAll(tail);
    return head;
  }

  private static List<Integer> half(String text) {
    List<Integer> words = new ArrayList<>();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (i == parts.length - 1 && part.indexOf('.') >= 0) {
        IpAddress four = four(part);
        if (four == null) {
          return null;
        }
        words.add(four.value.shiftRight(16).intValue());
        words.add(four.value.intValue() & 0xffff);
      } else if (part.matches("[0-9a-fA-F]{1,4}")) {
        words.add(Integer.parseInt(part, 16));
      } else {
        return null;
      }
    }
    return words;
  }

  /** The longest run of two zero words or more, the first of equals, becomes a double colon. */
  private static String compressed(List<Integer> words) {
    int best = -1;
    int length = 1;
    for (int start = 0; start < 8; start++) {
      int end = start;
      while (end < 8 && words.get(end) == 0) {
        end++;
      }
      if (end - start > length) {
        best = start;
        length = end - start;
      }
    }
    if (best < 0) {
      return joined(words);
    }
    return joined(words.subList(0, best)) + "::" + joined(words.subList(best + length, 8));
  }

  private static String joined(List<Integer> words) {
    List<String> parts = new ArrayList<>();
    for (int word : words) {
      parts.add(Integer.toHexString(word));
    }
    return String.join(":", parts);
  }
}
