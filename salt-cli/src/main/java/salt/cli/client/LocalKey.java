package salt.cli.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import salt.common.config.Options;

/**
 * Who publishes, and the key that proves it.
 *
 * @param user the name to send: the login name, or {@code sudo_<name>} for root by way of sudo
 * @param file where the master keeps that user's key
 * @param text the key; empty when it cannot be read
 * @param problem why it cannot be read and what to do; empty when it can
 */
record LocalKey(String user, Path file, String text, String problem) {
  private static final String ROOT = "root";
  private static final String SUDO = "sudo_";

  /**
   * Reads the key of the user who calls.
   *
   * @param login the user that this process runs as
   */
  static LocalKey read(Options options, String login, Map<String, String> environment) {
    String sudoer = environment.get("SUDO_USER");
    String user = login.equals(ROOT) && sudoer != null ? SUDO + sudoer : login;
    String owner = user.equals(ROOT) || user.startsWith(SUDO) ? options.text("user", ROOT) : user;
    Path file = options.path("cachedir").resolve("." + owner + "_key");
    try {
      return new LocalKey(user, file, Files.readString(file), "");
    } catch (NoSuchFileException e) {
      return new LocalKey(user, file, "", missing(owner, file));
    } catch (AccessDeniedException e) {
      return new LocalKey(user, file, "", "user " + login + " may not read " + file);
    } catch (IOException e) {
      return new LocalKey(user, file, "", "cannot read " + file + ": " + e.getMessage());
    }
  }

  private static String missing(String owner, Path file) {
    return "there is no key file "
        + file
        + "; the master writes it at its start for its own user and those of publisher_acl, so"
        + " either it has another cachedir, or user "
        + owner
        + " is not among them";
  }
}
