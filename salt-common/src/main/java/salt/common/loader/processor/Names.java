package salt.common.loader.processor;

import java.util.Locale;

/** Turns names of Java into names of Salt. */
final class Names {
  private Names() {}

  /** {@code listFunctions} becomes {@code list_functions}. */
  static String snakeCase(String camelCase) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(camelCase.charAt(i - 1))) {
        snake.append('_');
      }
      snake.append(c);
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }
}
