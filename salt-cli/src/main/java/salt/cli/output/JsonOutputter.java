package salt.cli.output;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.Json;
import salt.common.payload.JsonStyle;
import salt.common.payload.MalformedPayload;

/** JSON, indented by four unless {@code output_indent} says otherwise. */
final class JsonOutputter implements Outputter {
  private static final Logger LOG = LoggerFactory.getLogger(JsonOutputter.class);
  private static final String USUAL_INDENT = "    ";

  @Override
  public String render(Object data, OutputOptions options) {
    try {
      return Json.write(data, style(options));
    } catch (MalformedPayload e) {
      // Whoever reads this expects JSON in any case.
      LOG.debug("An error occurred while outputting JSON: {}", e.getMessage());
      return "{}";
    }
  }

  private static JsonStyle style(OutputOptions options) {
    JsonStyle plain = JsonStyle.COMPACT.leniently();
    if (!options.has("output_indent")) {
      return plain.indentedBy(USUAL_INDENT);
    }
    Object indent = options.any("output_indent");
    if (indent instanceof Number number) {
      int columns = number.intValue();
      return columns < 0 ? plain : plain.indentedBy(" ".repeat(columns));
    } else if ("pretty".equals(indent)) {
      return plain.indentedBy(USUAL_INDENT).sorted();
    }
    return indent instanceof String text ? plain.indentedBy(text) : plain;
  }
}
