package salt.minion.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** One pipe from a program to us. It ends when all who may write into it have closed it. */
final class OutputPipe implements AutoCloseable {
  private final OutputPipes pipes;
  private final Path path;

  /** Open for writing as well, so that opening the reading end does not wait for a writer. */
  private final RandomAccessFile keeper;

  private final FileInputStream reader;
  private volatile boolean abandoned;
  private volatile boolean ended;

  OutputPipe(OutputPipes pipes, Path path) throws IOException {
    this.pipes = pipes;
    this.path = path;
    this.keeper = new RandomAccessFile(path.toFile(), "rw");
    this.reader = new FileInputStream(path.toFile());
  }

  /** Where the program is to write. */
  File file() {
    return path.toFile();
  }

  /** Leaves the writing to the program, once it runs. */
  void handOver() throws IOException {
    keeper.close();
  }

  /** Reads to the end, or until abandoned. */
  void readInto(BoundedOutput output) throws IOException {
    ended = output.readFrom(reader, () -> abandoned);
  }

  /** Reads what nobody wants, after it was abandoned, so that its writers need not wait. */
  void readOn() throws IOException {
    if (!ended) {
      reader.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Closes our end; a pipe that came to its end can be used again. */
  @Override
  public void close() throws IOException {
    reader.close();
    if (ended) {
      pipes.giveBack(path);
    } else {
      Files.deleteIfExists(path);
    }
  }

  /** Wakes the reader to read no more, though somebody still holds the pipe open. */
  void abandon() throws IOException {
    abandoned = true;
    if (Files.exists(path)) {
      try (RandomAccessFile waker = new RandomAccessFile(path.toFile(), "rw")) {
        waker.write(0);
      }
    }
  }

  /** Closes a pipe that no program came to use. */
  void discard() throws IOException {
    keeper.close();
    reader.close();
    pipes.giveBack(path);
  }
}
