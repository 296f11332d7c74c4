package salt.common.jinja.value;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Text as bytes and back. */
final class Encodings {
  private Encodings() {}

  static boolean isUtf8(String encoding) {
    String name = encoding.toLowerCase(Locale.ROOT).replace('_', '-');
    return "utf-8".equals(name) || "utf8".equals(name);
  }

  static Bytes encode(String text, String encoding, String errors) {
    if (isUtf8(encoding)) {
      return Bytes.utf8(text);
    }
    CharsetEncoder encoder = charset(encoding).newEncoder();
    StringBuilder kept = new StringBuilder();
    int position = 0;
    for (int code : text.codePoints().toArray()) {
      String character = Character.toString(code);
      if (encoder.canEncode(character)) {
        kept.append(character);
      } else if ("replace".equals(errors)) {
        kept.append('?');
      } else if (!"ignore".equals(errors)) {
        throw refusal(encoding, code, position);
      }
      position++;
    }
    return Bytes.wrap(kept.toString().getBytes(charset(encoding)));
  }

  private static PythonError refusal(String encoding, int code, int position) {
    String shown =
        code < 0x100
            ? "\\x%02x".formatted(code)
            : code < 0x10000 ? "\\u%04x".formatted(code) : "\\U%08x".formatted(code);
    int bound = charset(encoding).equals(StandardCharsets.US_ASCII) ? 128 : 256;
    return new PythonError(
        "UnicodeEncodeError",
        "'%s' codec can't encode character '%s' in position %d: ordinal not in range(%d)"
            .formatted(encoding, shown, position, bound));
  }

  static String decode(byte[] bytes, String encoding) {
    try {
      CharBuffer text = charset(encoding).newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new PythonError(
          "UnicodeDecodeError", "'" + encoding + "' codec can't decode bytes: invalid data");
    }
  }

  private static Charset charset(String encoding) {
    String name = encoding.toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return switch (name) {
        case "latin-1", "latin1", "l1" -> StandardCharsets.ISO_8859_1;
        default -> Charset.forName(name);
      };
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new PythonError("LookupError", "unknown encoding: " + encoding);
    }
  }
}
