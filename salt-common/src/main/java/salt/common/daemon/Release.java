package salt.common.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that programs report, filled in by the build. */
public final class Release {
  private static final Properties FILLED = read();

  /** The release of Salt whose behaviour this is, such as {@code 3006.28}. */
  public static final String SALT = FILLED.getProperty("salt.release");

  /** The version of this product. */
  public static final String PRODUCT = FILLED.getProperty("product.version");

  private Release() {}

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
