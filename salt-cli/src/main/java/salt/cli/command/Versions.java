package salt.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import salt.common.daemon.Release;

/**
 * What this is and what it is made of.
 *
 * @param salt the release of Salt that is followed
 * @param product our own version
 * @param libraries the libraries and their versions, by name
 */
record Versions(String salt, String product, Map<String, String> libraries) {
  private static final String LIBRARY = "library.";

  /** The versions written down by the build. */
  static Versions load() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("versions.properties", e);
    }
    Map<String, String> libraries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith(LIBRARY)) {
        libraries.put(key.substring(LIBRARY.length()), properties.getProperty(key));
      }
    }
    return new Versions(Release.SALT, Release.product(), libraries);
  }
}
