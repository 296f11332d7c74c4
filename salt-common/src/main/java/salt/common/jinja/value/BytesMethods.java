package salt.common.jinja.value;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Methods of bytes. */
final class BytesMethods {
  static final Map<String, Method> TABLE =
      new Methods<Bytes>("bytes")
          .add("+decode(encoding='utf-8', errors='strict')", BytesMethods::decode)
          .add("hex()", (bytes, a) -> HexFormat.of().formatHex(bytes.toArray()))
          .add("startswith(prefix)", (bytes, a) -> latin(bytes).startsWith(latin(a[0])))
          .add("endswith(suffix)", (bytes, a) -> latin(bytes).endsWith(latin(a[0])))
          .add("strip()", (bytes, a) -> bytes(latin(bytes).strip()))
          .add("upper()", (bytes, a) -> bytes(Casing.asciiUpper(latin(bytes))))
          .add("lower()", (bytes, a) -> bytes(Casing.asciiLower(latin(bytes))))
          .table();

  private BytesMethods() {}

  private static String latin(Object bytes) {
    if (bytes instanceof Bytes content) {
      return new String(content.toArray(), StandardCharsets.ISO_8859_1);
    }
    throw Errors.type("a bytes-like object is required, not '" + Types.of(bytes) + "'");
  }

  private static Bytes bytes(String latin) {
    return Bytes.wrap(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Object decode(Bytes bytes, Object[] a) {
    String encoding = StringMethods.text(a[0], "decode", 1);
    if (Encodings.isUtf8(encoding)) {
      boolean lenient = !"strict".equals(a[1]);
      return bytes
          .text()
          .orElseGet(
              () -> {
                if (lenient) {
                  return new String(bytes.toArray(), StandardCharsets.UTF_8);
                }
                throw new PythonError(
                    "UnicodeDecodeError", "'utf-8' codec can't decode bytes: invalid data");
              });
    }
    return Encodings.decode(bytes.toArray(), encoding);
  }
}
