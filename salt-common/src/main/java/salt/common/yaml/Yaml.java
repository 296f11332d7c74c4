package salt.common.yaml;

import org.yaml.snakeyaml.error.YAMLException;

/** Loads and writes YAML by Salt's rules. */
public final class Yaml {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Yaml() {}

  /**
   * Loads one document; an empty one is null.
   *
   * <p>Scalars are read as YAML 1.1 has it (yes is true, 1:30 is ninety), but dates stay text and
   * leading zeros do not make octal numbers. Merge keys and references work; what is referred to
   * twice is one object. Tags make sets ({@link java.util.Set}), pairs and bytes, no other objects.
   *
   * @throws YamlProblem when it is not YAML, or has a key twice
   */
  public static Object load(String text) {
    String document =
        !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    checkCharacters(document);
    try {
      return Composer.compose(document).map(root -> new Constructor().construct(root)).orElse(null);
    } catch (YAMLException e) {
      throw new YamlProblem(YamlProblem.Kind.READER, e.getMessage(), null);
    }
  }

  /** Writes {@code value} as one document, as Salt's {@code yaml.safe_dump} does. */
  public static String dump(Object value, DumpStyle style) {
    return new Emitter(style).emit(new Representer(style).represent(value));
  }

  private static void checkCharacters(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!Characters.isAllowed(c)) {
        Place place = new Place(line, i - lineStart + 1, text.codePointCount(0, i), text);
        throw new YamlProblem(
            YamlProblem.Kind.READER,
            "unacceptable character #x%04x: special characters are not allowed".formatted(c),
            place);
      } else if (c == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
  }
}
