package salt.minion.process;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Turns what programs write into text. */
public final class TextDecoding {
  private TextDecoding() {}

  /** The bytes as UTF-8; what is none becomes the replacement character. */
  public static String utf8(Bytes bytes) {
    return bytes.text().orElseGet(() -> new String(bytes.toArray(), StandardCharsets.UTF_8));
  }

  /** The bytes in an encoding of which Python's name is given; null is UTF-8. */
  static String text(Bytes bytes, Charset encoding) {
    return encoding == null ? utf8(bytes) : new String(bytes.toArray(), encoding);
  }

  /**
   * The encoding that Python knows by this name, with any case and any of blank, hyphen and
   * underscore between its parts; null stays null.
   *
   * @throws PythonError when there is none
   */
  static Charset encoding(String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[ _-]+", "");
    return Stream.of(name, plain, name.replace('_', '-'), "x-" + name)
        .map(TextDecoding::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new PythonError("LookupError", "unknown encoding: " + name));
  }

  private static Optional<Charset> known(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  /** Removes blanks at the end, all that Python takes for such. */
  static String trimEnd(String text) {
    int end = text.length();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
