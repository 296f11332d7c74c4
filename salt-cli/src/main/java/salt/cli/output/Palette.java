package salt.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.PythonText;
import salt.common.yaml.Yaml;
import salt.common.yaml.YamlProblem;

/** The escape sequences of the colours, empty when there is no colour. */
final class Palette {
  private static final Logger LOG = LoggerFactory.getLogger(Palette.class);
  private static final Palette COLORLESS = new Palette(Map.of());

  private final Map<Color, String> sequences;

  private Palette(Map<Color, String> sequences) {
    this.sequences = sequences;
  }

  static Palette colorless() {
    return COLORLESS;
  }

  /**
   * The colours, some of them replaced by a theme: a YAML file that maps names of colours to codes.
   *
   * @param theme the file, or null
   */
  static Palette colored(Path theme) {
    Map<Color, String> sequences = new EnumMap<>(Color.class);
    for (Color color : Color.values()) {
      sequences.put(color, sequence(color.code()));
    }
    if (theme != null) {
      themed(theme)
          .forEach(
              (name, code) -> {
                for (Color color : Color.values()) {
                  if (color.name().equals(name)) {
                    sequences.put(color, sequence(PythonText.str(code)));
                  }
                }
              });
    }
    return new Palette(sequences);
  }

  private static String sequence(String code) {
    return "\u001b[" + code + "m";
  }

  private static Map<?, ?> themed(Path theme) {
    try {
      if (Yaml.load(Files.readString(theme)) instanceof Map<?, ?> names) {
        return names;
      }
      LOG.warn("The theme file {} supplied is not a map", theme);
    } catch (NoSuchFileException missing) {
      LOG.debug("There is no theme file {}", theme);
    } catch (IOException | YamlProblem e) {
      LOG.warn("The color theme {} cannot be read: {}", theme, e.getMessage());
    }
    return Map.of();
  }

  /** What switches the colour on. */
  String on(Color color) {
    return sequences.getOrDefault(color, "");
  }

  /** What switches all colours off. */
  String off() {
    return on(Color.ENDC);
  }

  /** The text in a colour. */
  String paint(Color color, String text) {
    return on(color) + text + off();
  }
}
