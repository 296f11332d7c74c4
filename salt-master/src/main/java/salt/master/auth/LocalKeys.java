package salt.master.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;

/**
 * The keys by which local users prove who they are: {@code <cachedir>/.<user>_key}, made anew at
 * each start, readable by its user alone. Whoever can read the file may publish as that user.
 */
public final class LocalKeys {
  private static final Logger log = LoggerFactory.getLogger(LocalKeys.class);

  private final Map<String, byte[]> keys = new LinkedHashMap<>();

  private LocalKeys() {}

  /**
   * Writes the keys of the master's user, the running user and every user of {@code publisher_acl}.
   *
   * @param running the user this process runs as
   * @param generator makes one random key string
   */
  public static LocalKeys create(Options options, String running, Supplier<String> generator) {
    Set<String> users = new LinkedHashSet<>();
    users.add(running);
    users.add(options.text("user", running));
    options.map("publisher_acl").keySet().forEach(user -> users.add(String.valueOf(user)));
    LocalKeys made = new LocalKeys();
    Path directory = options.path("cachedir");
    letOthersPass(options, directory);
    for (String user : users) {
      if (user.indexOf('/') < 0 && user.indexOf('\0') < 0) {
        made.write(directory, user, generator.get(), options.flag("client_acl_verify"));
      }
    }
    return made;
  }

  private static void letOthersPass(Options options, Path directory) {
    if (options.map("publisher_acl").isEmpty()) {
      return;
    }
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(directory);
      if (modes.add(PosixFilePermission.OTHERS_EXECUTE)) {
        Files.setPosixFilePermissions(directory, modes);
      }
    } catch (IOException e) {
      log.warn(
          "users of publisher_acl may not reach their keys in {}: {}", directory, e.toString());
    }
  }

  private void write(Path directory, String user, String key, boolean mustExist) {
    Path file = directory.resolve("." + user + "_key");
    try {
      Files.deleteIfExists(file);
      Optional<java.nio.file.attribute.UserPrincipal> owner = lookUp(file, user);
      if (owner.isEmpty() && mustExist) {
        log.warn("user {} is unknown to this system: no key is made for it", user);
        return;
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, key, StandardOpenOption.WRITE);
      keys.put(user, key.getBytes(StandardCharsets.US_ASCII));
      if (owner.isPresent()) {
        giveTo(file, owner.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the local key " + file + ": " + e, e);
    }
  }

  private static Optional<java.nio.file.attribute.UserPrincipal> lookUp(Path file, String user)
      throws IOException {
    try {
      return Optional.of(
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    } catch (UserPrincipalNotFoundException unknown) {
      return Optional.empty();
    }
  }

  private static void giveTo(Path file, java.nio.file.attribute.UserPrincipal owner)
      throws IOException {
    try {
      if (!Files.getOwner(file).equals(owner)) {
        Files.setOwner(file, owner);
      }
    } catch (FileSystemException notRoot) {
      log.info("{} stays with this process's user: only root can give files away", file);
    }
  }

  /** Whether {@code key} is that of {@code user}; takes the same time for every wrong key. */
  boolean isKeyOf(String user, String key) {
    byte[] expected = keys.get(user);
    return expected != null
        && MessageDigest.isEqual(expected, key.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@code key} is anybody's. */
  boolean isAnyKey(String key) {
    boolean found = false;
    for (String user : keys.keySet()) {
      found |= isKeyOf(user, key);
    }
    return found;
  }

  /** Whether a key was made for {@code user}. */
  boolean knows(String user) {
    return keys.containsKey(user);
  }
}
