package salt.master.job;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.Bytes;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.payload.MessagePack;

/**
 * Writes small files so that they survive a crash without one sync each.
 *
 * <p>A file is written beside its place and renamed, unsynced. Its content also goes into a journal
 * whose syncs are shared by all who wait: one sync covers every write queued meanwhile. What the
 * journal holds is written again at the next start where the file is missing or cut short. A full
 * journal is replaced by a new one; the old one goes once its files are synced themselves.
 *
 * <pre>
 * journal  = record*
 * record   = length:int32 crc32:int32 payload       (both of the payload)
 * payload  = MessagePack, bin profile: {path: text relative to the root, content: bytes}
 * </pre>
 *
 * <p>Thread {@code job-cache-sync} alone writes the journal. The queue to it holds {@value
 * #QUEUE_BOUND} writes; when it is full the writer waits, which slows requests instead of losing
 * them.
 */
final class DurableFiles implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DurableFiles.class);
  private static final int QUEUE_BOUND = 4096;
  private static final int HEADER = 8;

  /** Beside the job cache, the journal is not protected by the mode of its directory. */
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Write LAST = new Write(Path.of(""), ByteBuffer.allocate(0), null);

  private final Path root;
  private final Path journalDirectory;
  private final long journalLimit;
  private final BlockingQueue<Write> queue = new ArrayBlockingQueue<>(QUEUE_BOUND);
  private final AtomicLong temporary = new AtomicLong();
  private final Thread syncer;
  private volatile boolean closing;
  private volatile boolean ended;
  private boolean lastTaken;

  private record Write(Path file, ByteBuffer record, CompletableFuture<Void> done) {}

  /**
   * Opens the store below {@code root} and writes again what a crash took.
   *
   * @param journalDirectory where journals lie, outside of {@code root}
   * @param journalLimit bytes after which a journal is replaced
   */
  DurableFiles(Path root, Path journalDirectory, long journalLimit) {
    this.root = root;
    this.journalDirectory = journalDirectory;
    this.journalLimit = journalLimit;
    try {
      Files.createDirectories(root);
      Files.createDirectories(journalDirectory.toAbsolutePath().getParent());
      if (!Files.isDirectory(journalDirectory)) {
        Files.createDirectory(journalDirectory, PRIVATE_DIRECTORY);
      }
      for (Path journal : journals()) {
        recover(journal);
        Files.delete(journal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the job cache in " + root + ": " + e, e);
    }
    syncer = new Thread(this::run, "job-cache-sync");
    syncer.start();
  }

  /**
   * Writes a file; readers see it at once.
   *
   * @param relative its path below the root; directories above it must exist
   * @return completes when it would survive a power cut
   */
  CompletableFuture<Void> write(Path relative, byte[] content) throws IOException {
    Path file = root.resolve(relative);
    place(file, content);
    CompletableFuture<Void> done = new CompletableFuture<>();
    enqueue(new Write(file, record(relative, content), done));
    return done;
  }

  private void place(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + "." + temporary.incrementAndGet());
    Files.write(beside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void enqueue(Write write) {
    if (closing) {
      write.done.completeExceptionally(closed());
      return;
    }
    try {
      queue.put(write);
      if (ended) {
        failWaiting();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      write.done.completeExceptionally(e);
    }
  }

  private static ByteBuffer record(Path relative, byte[] content) {
    byte[] payload =
        MessagePack.BIN.pack(Map.of("path", relative.toString(), "content", Bytes.wrap(content)));
    CRC32 checksum = new CRC32();
    checksum.update(payload);
    return ByteBuffer.allocate(HEADER + payload.length)
        .putInt(payload.length)
        .putInt((int) checksum.getValue())
        .put(payload)
        .flip();
  }

  private void run() {
    List<Path> covered = new ArrayList<>();
    FileChannel journal = null;
    Path journalFile = null;
    try {
      for (List<Write> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
        if (journal == null) {
          journalFile = journalDirectory.resolve("journal." + System.nanoTime());
          journal =
              FileChannel.open(
                  journalFile,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PRIVATE_FILE);
        }
        if (append(journal, group)) {
          group.forEach(write -> covered.add(write.file));
        }
        if (journal.size() > journalLimit) {
          retire(journal, journalFile, covered);
          journal = null;
        }
      }
      if (journal != null) {
        retire(journal, journalFile, covered);
      }
    } catch (IOException | UncheckedIOException e) {
      log.error("the journal in {} failed: {}", journalDirectory, e.toString());
    } finally {
      ended = true;
      failWaiting();
    }
  }

  /** Waits for at least one write and takes all that are queued; empty after the last. */
  private List<Write> nextGroup() throws InterruptedIOException {
    List<Write> group = new ArrayList<>();
    if (lastTaken) {
      return group;
    }
    try {
      group.add(queue.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the thread that syncs was interrupted");
    }
    queue.drainTo(group);
    lastTaken = group.remove(LAST);
    return group;
  }

  /** Writes and syncs a group; on failure its waiters hear of it and the journal goes on. */
  private static boolean append(FileChannel journal, List<Write> group) {
    try {
      for (Write write : group) {
        ByteBuffer buffer = write.record;
        while (buffer.hasRemaining()) {
          journal.write(buffer);
        }
      }
      journal.force(false);
      group.forEach(write -> write.done.complete(null));
      return true;
    } catch (IOException e) {
      log.error("cannot sync {} writes of the job cache: {}", group.size(), e.toString());
      group.forEach(write -> write.done.completeExceptionally(e));
      return false;
    }
  }

  /** Syncs the files that the journal covers, so that it is needed no more. */
  private static void retire(FileChannel journal, Path file, List<Path> covered)
      throws IOException {
    for (Path written : covered) {
      sync(written);
    }
    covered.stream().map(Path::getParent).distinct().forEach(DurableFiles::sync);
    covered.clear();
    journal.close();
    Files.deleteIfExists(file);
  }

  /** A file that has gone meanwhile was expired: nothing to keep. */
  private static void sync(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException expired) {
      log.trace("{} is gone before its sync", path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot sync " + path + ": " + e, e);
    }
  }

  private void failWaiting() {
    List<Write> left = new ArrayList<>();
    queue.drainTo(left);
    left.remove(LAST);
    left.forEach(write -> write.done.completeExceptionally(closed()));
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the job cache is closed");
  }

  private List<Path> journals() throws IOException {
    List<Path> journals = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(journalDirectory, "journal.*")) {
      files.forEach(journals::add);
    }
    journals.sort(null);
    return journals;
  }

  /** Reads up to the first broken record: what lies behind it was never acknowledged. */
  private void recover(Path journal) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(journal));
    while (content.remaining() > HEADER) {
      int length = content.getInt();
      int expected = content.getInt();
      if (length < 0 || length > content.remaining()) {
        return;
      }
      byte[] payload = new byte[length];
      content.get(payload);
      CRC32 checksum = new CRC32();
      checksum.update(payload);
      if ((int) checksum.getValue() != expected) {
        return;
      }
      restore(payload);
    }
  }

  private void restore(byte[] payload) throws IOException {
    try {
      Fields record = Fields.of("journal record", MessagePack.unpackMap(payload));
      Path file = root.resolve(record.text("path")).normalize();
      byte[] content = record.bytes("content").toArray();
      if (file.startsWith(root) && !isWhole(file, content.length)) {
        Files.createDirectories(file.getParent());
        place(file, content);
        sync(file);
        sync(file.getParent());
      }
    } catch (MalformedPayload e) {
      log.warn("a record of the job cache's journal is left out: {}", e.getMessage());
    }
  }

  private static boolean isWhole(Path file, int length) throws IOException {
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  /** Syncs what is queued, then stops the thread. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    try {
      if (!ended) {
        queue.put(LAST);
      }
      syncer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
