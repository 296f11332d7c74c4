package salt.common.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The versions that programs report, filled in by the build. */
public final class Release {
  private static final Properties FILLED = read();

  /** The release of Salt whose behaviour this is, such as {@code 3006.28}. */
  public static final String SALT = FILLED.getProperty("salt.release");

  /** The version of this product. */
  public static final String PRODUCT = FILLED.getProperty("product.version");

  /** The libraries that are part of it, with their versions. */
  public static final Map<String, String> LIBRARIES = libraries();

  private Release() {}

  private static Map<String, String> libraries() {
    Map<String, String> libraries = new TreeMap<>();
    String prefix = "library.";
    for (String name : FILLED.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        libraries.put(name.substring(prefix.length()), FILLED.getProperty(name));
      }
    }
    return Collections.unmodifiableMap(libraries);
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream file = Release.class.getResourceAsStream("release.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("release.properties can't be read", e);
    }
    return properties;
  }
}
