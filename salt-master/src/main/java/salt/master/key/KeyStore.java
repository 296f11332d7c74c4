package salt.master.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import salt.common.config.MinionId;
import salt.common.payload.MessagePack;

/**
 * The minions' public keys in {@code pki_dir}, in Salt's layout: one directory a state, one file a
 * minion, holding the key's text as it was received.
 *
 * <p>The files are the truth: {@code salt-key} of either side moves them while the master runs, so
 * nothing is remembered here. Files are written beside their place and renamed. Ids that {@link
 * MinionId} refuses are never turned into paths.
 */
public final class KeyStore {
  private final Path pkiDir;

  /** The keys below {@code pkiDir}. */
  public KeyStore(Path pkiDir) {
    this.pkiDir = pkiDir;
  }

  /** Makes the directories that are missing, closed to others, as Salt does at start. */
  public void createDirectories() {
    try {
      createPrivate(pkiDir);
      for (KeyState state : KeyState.values()) {
        createPrivate(directory(state));
      }
      createPrivate(pkiDir.resolve("minions_autosign"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the key directories in " + pkiDir + ": " + e, e);
    }
  }

  private static void createPrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** The directory of one state. */
  public Path directory(KeyState state) {
    return pkiDir.resolve(state.directory());
  }

  /** Ids with a key in {@code state}, sorted; none when its directory is missing. */
  public List<String> list(KeyState state) {
    return Files.isDirectory(directory(state)) ? listPresent(state) : List.of();
  }

  /** Likewise, but a missing directory is an error whose cause is a {@link NoSuchFileException}. */
  List<String> listPresent(KeyState state) {
    return files(directory(state)).stream().filter(MinionId::isValid).toList();
  }

  /** The names of the master's own keys, sorted: all {@code .pem} and {@code .pub} files. */
  List<String> local() {
    return files(pkiDir).stream()
        .filter(name -> name.endsWith(".pub") || name.endsWith(".pem"))
        .toList();
  }

  private static List<String> files(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          names.add(file.getFileName().toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + e, e);
    }
    Collections.sort(names);
    return names;
  }

  /** The text of the key of {@code id} in {@code state}, if there is one. */
  public Optional<String> read(KeyState state, String id) {
    if (!MinionId.isValid(id)) {
      return Optional.empty();
    }
    return text(directory(state).resolve(id));
  }

  /** The text of one of the master's own keys, by the name of its file. */
  Optional<String> readLocal(String name) {
    return local().contains(name) ? text(pkiDir.resolve(name)) : Optional.empty();
  }

  private static Optional<String> text(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the key " + file + ": " + e, e);
    }
  }

  /**
   * Writes the ids with an accepted key into {@code minions/.key_cache}, from which programs of
   * real Salt read them with {@code key_cache: sched}.
   */
  public void writeCache() {
    replace(
        directory(KeyState.ACCEPTED).resolve(".key_cache"),
        MessagePack.BIN.pack(list(KeyState.ACCEPTED)),
        "rw-------");
  }

  /** Whether something other than a key file stands where the key of {@code id} would be. */
  boolean isBlocked(KeyState state, String id) {
    return Files.isDirectory(directory(state).resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  /** Writes a key, replacing one that is there. */
  public void write(KeyState state, String id, String publicKey) {
    requireValid(id);
    byte[] text = publicKey.getBytes(StandardCharsets.UTF_8);
    replace(directory(state).resolve(id), text, "rw-r--r--");
  }

  private static void replace(Path target, byte[] content, String mode) {
    try {
      Path beside = Files.createTempFile(target.getParent(), ".", ".new");
      Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(mode));
      Files.write(beside, content);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e, e);
    }
  }

  /** Moves a key from one state to another, replacing one there; false when there is none. */
  public boolean move(String id, KeyState from, KeyState to) {
    requireValid(id);
    try {
      Files.move(
          directory(from).resolve(id),
          directory(to).resolve(id),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (NoSuchFileException none) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move the key of " + id + " to " + to + ": " + e, e);
    }
  }

  /** Deletes a key; false when there is none. */
  public boolean delete(KeyState state, String id) {
    requireValid(id);
    try {
      return Files.deleteIfExists(directory(state).resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the key of " + id + ": " + e, e);
    }
  }

  /** Uses up the stub that lets {@code id} in once; false when there is none or it is too old. */
  boolean takeAutosignStub(String id, long notBeforeMillis) {
    if (!MinionId.isValid(id)) {
      return false;
    }
    Path stubs = pkiDir.resolve("minions_autosign");
    try {
      removeOldStubs(stubs, notBeforeMillis);
      return Files.deleteIfExists(stubs.resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the autosign stub of " + id + ": " + e, e);
    }
  }

  private static void removeOldStubs(Path stubs, long notBeforeMillis) throws IOException {
    if (!Files.isDirectory(stubs)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(stubs)) {
      for (Path stub : files) {
        if (Files.getLastModifiedTime(stub).toMillis() < notBeforeMillis) {
          Files.deleteIfExists(stub);
        }
      }
    }
  }

  private static void requireValid(String id) {
    if (!MinionId.isValid(id)) {
      throw new IllegalArgumentException("not a minion id: " + id);
    }
  }
}
