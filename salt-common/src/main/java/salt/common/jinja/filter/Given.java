package salt.common.jinja.filter;

import java.util.List;
import java.util.Map;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Iteration;
import salt.common.jinja.value.Texts;
import salt.common.jinja.value.Types;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Arguments as the types that filters need. */
final class Given {
  private Given() {}

  /** Any value as text. */
  static String str(Object value) {
    return Texts.str(value);
  }

  /** Text, where Python's {@code re} wants it. */
  static String subject(Object value) {
    String text = Texts.orNull(value);
    if (text == null) {
      throw Errors.type("expected string or bytes-like object, got '" + Types.of(value) + "'");
    }
    return text;
  }

  /** Text or bytes as text, where Salt wants one of both. */
  static String unicode(Object value) {
    if (value instanceof Bytes bytes && bytes.text().isPresent()) {
      return bytes.text().get();
    }
    String text = Texts.orNull(value);
    if (text == null) {
      throw Errors.type("expected str, bytes, or bytearray not " + Types.shown(value));
    }
    return text;
  }

  static Map<?, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw Errors.attribute(value, "items");
  }

  static List<Object> list(Object value) {
    return Iteration.list(value);
  }

  /** An argument that a filter can't take. */
  static PythonError wrong(String message) {
    return new PythonError("FilterArgumentError", message);
  }
}
