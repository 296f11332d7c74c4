package salt.cli.output;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;

/** One line for each line of each value, behind its key. */
final class TxtOutputter implements Outputter {
  @Override
  public String render(Object data, OutputOptions options) {
    if (data instanceof Map<?, ?> map) {
      StringBuilder out = new StringBuilder();
      map.forEach(
          (key, value) ->
              lines(value)
                  .forEach(
                      line ->
                          out.append(PythonText.str(key)).append(": ").append(line).append('\n')));
      return out.toString();
    }
    return data instanceof String text ? text : PythonText.pretty(data, 1);
  }

  private static List<String> lines(Object value) {
    if (value instanceof String text) {
      return PythonText.lines(text);
    } else if (value instanceof Bytes bytes) {
      return lines(bytes.toArray());
    }
    return List.of(PythonText.str(value));
  }

  private static List<String> lines(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      boolean end = bytes[i] == '\n' || bytes[i] == '\r';
      if (!end) {
        line.write(bytes[i]);
      }
      boolean followed = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n';
      if ((end && !followed) || (!end && i + 1 == bytes.length)) {
        lines.add(PythonText.repr(Bytes.wrap(line.toByteArray())));
        line.reset();
      }
    }
    return lines;
  }
}
