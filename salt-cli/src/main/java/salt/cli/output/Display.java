package salt.cli.output;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Shows results where the options say: on a stream, or in the file of {@code --out-file}. */
public final class Display {
  private final OutputOptions options;
  private final PrintStream stream;

  /** Shows with these options, on {@code stream} unless they name an {@code output_file}. */
  public Display(OutputOptions options, PrintStream stream) {
    this.options = options;
    this.stream = stream;
  }

  /**
   * Empties the file of {@code --out-file} before the first result, if it exists and {@code
   * --out-file-append} was not given. It keeps its mode and owner.
   *
   * @throws IOException when it cannot be written
   */
  public void begin() throws IOException {
    String file = options.text("output_file", "");
    if (!file.isEmpty()
        && !options.flag("output_file_append", false)
        && Files.isRegularFile(Path.of(file))) {
      Files.newOutputStream(Path.of(file), StandardOpenOption.TRUNCATE_EXISTING).close();
    }
  }

  /**
   * Shows one result and ends the line; shows nothing when its text is empty.
   *
   * @param name the outputter that the function asks for; null or empty when it asks for none
   * @throws IOException when the file cannot be written
   */
  public void show(String name, Object data) throws IOException {
    String text = Outputters.render(name, data, options);
    if (text.isEmpty()) {
      return;
    }
    String file = options.text("output_file", "");
    if (file.isEmpty()) {
      stream.println(text);
      stream.flush();
    } else {
      Files.writeString(
          Path.of(file),
          text + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
