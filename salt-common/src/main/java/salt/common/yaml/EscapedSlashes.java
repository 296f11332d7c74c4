package salt.common.yaml;

import java.util.Optional;

/**
 * The escape {@code \/}, which JSON has and PyYAML reads, but our parser does not: where it
 * complains of one, the backslashes before slashes are taken out of that scalar.
 */
final class EscapedSlashes {
  private EscapedSlashes() {}

  /**
   * The document with all escaped slashes from this place to the end of the scalar made plain.
   *
   * @param place where the parser stopped; may be null
   * @return nothing when it did not stop at an escaped slash
   */
  static Optional<String> without(String document, Place place) {
    if (place == null || place.character() != '/') {
      return Optional.empty();
    }
    int slash = document.offsetByCodePoints(0, place.index());
    if (slash == 0 || document.charAt(slash - 1) != '\\') {
      return Optional.empty();
    }
    StringBuilder changed = new StringBuilder(document.substring(0, slash - 1));
    int i = slash - 1;
    while (i < document.length() && document.charAt(i) != '"') {
      boolean escape = document.charAt(i) == '\\' && i + 1 < document.length();
      if (!escape || document.charAt(i + 1) != '/') {
        changed.append(document.charAt(i));
      }
      if (escape) {
        changed.append(document.charAt(i + 1));
        i++;
      }
      i++;
    }
    return Optional.of(changed + document.substring(i));
  }
}
