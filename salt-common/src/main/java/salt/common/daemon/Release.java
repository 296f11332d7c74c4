package salt.common.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The versions that programs report. */
public final class Release {
  /**
   * The release of Salt whose behaviour this is. Constants, as reading a file would take a third of
   * the time in which a program shows its version; a test compares them with the build's.
   */
  public static final String SALT = "3006.28";

  /** The name of that release. */
  public static final String NAME = "Sulfur";

  private Release() {}

  /** The version of this product, filled in by the build. */
  public static String product() {
    return filled().getProperty("product.version");
  }

  /** The libraries that are part of it, with their versions, filled in by the build. */
  public static Map<String, String> libraries() {
    Map<String, String> libraries = new TreeMap<>();
    String prefix = "library.";
    Properties filled = filled();
    for (String name : filled.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        libraries.put(name.substring(prefix.length()), filled.getProperty(name));
      }
    }
    return Collections.unmodifiableMap(libraries);
  }

  static Properties filled() {
    Properties properties = new Properties();
    try (InputStream file = Release.class.getResourceAsStream("release.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("release.properties can't be read", e);
    }
    return properties;
  }
}
