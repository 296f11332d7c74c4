package salt.common.event;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening Unix socket and its file, which never exists under its name with another mode than
 * the final one: it is made in a directory of its own and then renamed.
 */
final class SocketFile implements ListeningSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);
  private static final int BACKLOG = 128;

  private final Path path;
  private final ServerSocketChannel channel;
  private final Object key;

  private SocketFile(Path path, ServerSocketChannel channel, Object key) {
    this.path = path;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Listens at {@code path}, in place of a socket that nobody listens to any more.
   *
   * @param mode such as {@code rw-------}
   * @throws EventBusException when somebody does listen, when the file is no socket, or when the
   *     socket cannot be made
   */
  static SocketFile listen(Path path, String mode) {
    Path directory = Objects.requireNonNull(path.getParent(), "a socket needs a directory");
    if (!Files.isDirectory(directory)) {
      throw new EventBusException(
          "cannot listen on " + path + ": the directory is missing (option sock_dir)");
    }
    try {
      refuseInUse(path);
      return make(path, directory, mode);
    } catch (IOException e) {
      throw new EventBusException("cannot listen on " + path + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void refuseInUse(Path path) throws IOException {
    BasicFileAttributes file;
    try {
      file = attributes(path);
    } catch (NoSuchFileException free) {
      return;
    }
    if (!file.isOther()) {
      throw new EventBusException(
          "cannot listen on " + path + ": there is a file that is no socket");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (ConnectException nobodyListens) {
      LOG.info("replacing {}, which an earlier daemon left", path);
      return;
    }
    throw new EventBusException(
        "cannot listen on " + path + ": another daemon does; is it running twice?");
  }

  private static SocketFile make(Path path, Path directory, String mode) throws IOException {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    Path workshop = directory.resolve("." + HexFormat.of().formatHex(random));
    Files.createDirectory(
        workshop,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unfinished = workshop.resolve("s");
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(unfinished), BACKLOG);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(mode));
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(path, channel, attributes(path).fileKey());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    } finally {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(workshop);
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public ServerSocketChannel channel() {
    return channel;
  }

  /** Stops listening and removes the file, unless another daemon has put its own there. */
  @Override
  public void close() {
    try {
      channel.close();
      if (Objects.equals(attributes(path).fileKey(), key)) {
        Files.delete(path);
      }
    } catch (NoSuchFileException gone) {
      LOG.debug("{} is gone already", path);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed: {}", path, reason(e));
    }
  }
}
