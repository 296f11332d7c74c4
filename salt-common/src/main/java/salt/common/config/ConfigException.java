package salt.common.config;

/** A configuration that a command cannot go on with; the message is complete. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with a complete message. */
  public ConfigException(String message) {
    super(message);
  }
}
