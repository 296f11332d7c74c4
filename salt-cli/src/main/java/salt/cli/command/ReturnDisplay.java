package salt.cli.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import salt.cli.client.MinionReturn;
import salt.cli.output.Display;
import salt.cli.output.OutputOptions;

/** Shows returns as they come, by the outputter that the options or the functions ask for. */
final class ReturnDisplay {
  private final Display plain;
  private final Display failed;

  ReturnDisplay(SaltRequest request, Terminal terminal) {
    Map<String, Object> options = new LinkedHashMap<>(request.options().asMap());
    options.put("fun", request.fun());
    options.put("arg", request.arg());
    if (options.get("output_file") instanceof String file && !file.isEmpty()) {
      options.put("output_file", terminal.resolve(file).toString());
    }
    OutputOptions output = OutputOptions.of(options, terminal.interactive());
    plain = new Display(output, terminal.out());
    failed = new Display(output.failed(), terminal.out());
  }

  /** Shows what one minion returned. */
  void show(MinionReturn one) throws IOException {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put(one.id(), one.value());
    (one.exitCode() == 0 ? plain : failed).show(one.out(), shown);
  }

  /** Shows any data by that outputter, null for none in particular. */
  void show(String out, Object data) throws IOException {
    plain.show(out, data);
  }

  /** Shows an error. */
  void showFailure(String message) throws IOException {
    failed.show(null, message);
  }
}
