package salt.common.event;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The two Unix sockets of a bus, under the names that real Salt gives them.
 *
 * @param publish where listeners connect and read
 * @param pull where programs connect and write the events they fire
 */
public record EventSockets(Path publish, Path pull) {
  /** The longest path of a Unix socket in bytes, on Linux. */
  private static final int LONGEST = 107;

  private static final int HASH_DIGITS = 10;

  /**
   * Any pair of sockets.
   *
   * @throws EventBusException when a path is longer than the system allows
   */
  public EventSockets {
    check(publish);
    check(pull);
  }

  /** The sockets of the master whose {@code sock_dir} is {@code directory}. */
  public static EventSockets master(Path directory) {
    return named(directory, "master_event");
  }

  /**
   * The sockets of a minion.
   *
   * @param directory its {@code sock_dir}
   * @param hashType its {@code hash_type} as Salt spells it, such as {@code sha256}
   * @throws EventBusException when the hash is unknown, or a path too long
   */
  public static EventSockets minion(Path directory, String id, String hashType) {
    try {
      MessageDigest digest = MessageDigest.getInstance(javaName(hashType));
      byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
      return named(
          directory, "minion_event_" + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS));
    } catch (NoSuchAlgorithmException e) {
      throw new EventBusException("option hash_type: there is no hash '" + hashType + "'", e);
    }
  }

  private static String javaName(String hashType) {
    return hashType.startsWith("sha") && !hashType.startsWith("sha-")
        ? "SHA-" + hashType.substring("sha".length())
        : hashType;
  }

  private static EventSockets named(Path directory, String name) {
    return new EventSockets(
        directory.resolve(name + "_pub.ipc"), directory.resolve(name + "_pull.ipc"));
  }

  private static void check(Path path) {
    int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new EventBusException(
          "the path of the socket "
              + path
              + " is too long: "
              + length
              + " bytes where the system allows "
              + LONGEST
              + "; choose a shorter sock_dir");
    }
  }
}
