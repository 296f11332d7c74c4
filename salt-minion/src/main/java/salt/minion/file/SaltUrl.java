package salt.minion.file;

import salt.common.loader.CallException;

/**
 * The parts of a URL such as {@code salt://dir/file?saltenv=dev}.
 *
 * @param path below the file roots; a leading {@code |} says that a {@code ?} belongs to it
 * @param saltenv the environment it names; null for none
 */
public record SaltUrl(String path, String saltenv) {
  private static final String SCHEME = "salt://";

  /** Whether a text is such a URL. */
  public static boolean is(String url) {
    return url.startsWith(SCHEME);
  }

  /**
   * The parts of a URL.
   *
   * @throws CallException when it is of another kind
   */
  public static SaltUrl parse(String url) {
    if (!is(url)) {
      throw new CallException(CallException.Kind.EXECUTION, "Unsupported path: " + url);
    }
    String rest = url.substring(SCHEME.length());
    int old = rest.indexOf("?env=");
    if (old >= 0) {
      return new SaltUrl(rest.substring(0, old), null);
    }
    int query = rest.indexOf("?saltenv=");
    return query < 0
        ? new SaltUrl(rest, null)
        : new SaltUrl(rest.substring(0, query), rest.substring(query + "?saltenv=".length()));
  }

  /** The URL of a path. */
  public static String of(String path) {
    return SCHEME + path.replace('\\', '/');
  }

  /** The environment that a URL names, or else {@code fallback}. */
  public static String saltenv(String url, String fallback) {
    String named = is(url) ? parse(url).saltenv() : null;
    return named == null || named.isEmpty() ? fallback : named;
  }

  /** The path without the mark that escapes it. */
  String plainPath() {
    return path.replaceFirst("^[|/]+", "");
  }
}
