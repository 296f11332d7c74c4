package salt.common.jinja.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splitting of text. */
final class StringSplit {
  private StringSplit() {}

  static Object split(Object text, Object[] a, boolean fromEnd) {
    int most = Numbers.index(a[1]);
    int left = most < 0 ? Integer.MAX_VALUE : most;
    String whole = Texts.orNull(text);
    if (a[0] != null && !Texts.isText(a[0])) {
      throw Errors.type("must be str or None, not " + Types.of(a[0]));
    }
    String separator = Texts.orNull(a[0]);
    if (separator != null && separator.isEmpty()) {
      throw Errors.value("empty separator");
    }
    List<String> parts;
    if (separator == null) {
      parts = fromEnd ? wordsFromEnd(whole, left) : words(whole, left);
    } else {
      parts = fromEnd ? splitFromEnd(whole, separator, left) : split(whole, separator, left);
    }
    List<Object> result = new ArrayList<>(parts.size());
    parts.forEach(part -> result.add(Texts.like(text, part)));
    return result;
  }

  private static List<String> split(String text, String separator, int most) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && parts.size() < most) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<String> splitFromEnd(String text, String separator, int most) {
    List<String> parts = new ArrayList<>();
    int end = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && parts.size() < most) {
      parts.add(text.substring(at + separator.length(), end));
      end = at;
      at = at - separator.length() < 0 ? -1 : text.lastIndexOf(separator, at - separator.length());
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<String> words(String text, int most) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && Spaces.isSpace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        return parts;
      }
      int start = at;
      if (parts.size() >= most) {
        parts.add(Spaces.strip(text.substring(start), null, false, true));
        return parts;
      }
      while (at < text.length() && !Spaces.isSpace(text.charAt(at))) {
        at++;
      }
      parts.add(text.substring(start, at));
    }
  }

  private static List<String> wordsFromEnd(String text, int most) {
    List<String> parts = new ArrayList<>();
    int at = text.length();
    while (true) {
      while (at > 0 && Spaces.isSpace(text.charAt(at - 1))) {
        at--;
      }
      if (at <= 0) {
        break;
      }
      int end = at;
      if (parts.size() >= most) {
        parts.add(Spaces.strip(text.substring(0, end), null, true, false));
        break;
      }
      while (at > 0 && !Spaces.isSpace(text.charAt(at - 1))) {
        at--;
      }
      parts.add(text.substring(at, end));
    }
    Collections.reverse(parts);
    return parts;
  }

  static Object partition(Object text, Object separator, boolean last) {
    String whole = Texts.orNull(text);
    String mark = Texts.orNull(separator);
    if (mark == null) {
      throw Errors.type("must be str, not " + Types.of(separator));
    } else if (mark.isEmpty()) {
      throw Errors.value("empty separator");
    }
    int at = last ? whole.lastIndexOf(mark) : whole.indexOf(mark);
    if (at < 0) {
      return last
          ? StringMethods.triple(text, "", "", whole)
          : StringMethods.triple(text, whole, "", "");
    }
    return StringMethods.triple(
        text, whole.substring(0, at), mark, whole.substring(at + mark.length()));
  }
}
