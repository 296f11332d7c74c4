package salt.minion.module;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.loader.Call;
import salt.common.payload.Bytes;
import salt.common.payload.PythonText;

/** Writes files that {@code salt-cp} sends. */
final class FileReceipt {
  private static final Logger LOG = LoggerFactory.getLogger(FileReceipt.class);

  private FileReceipt() {}

  /** Writes whole files; whether each was written, or a text when there is no place for one. */
  static Object whole(Map<?, ?> files, String dest) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (Map.Entry<?, ?> file : files.entrySet()) {
      Path name = Path.of(PythonText.str(file.getKey())).getFileName();
      Path target = Path.of(dest);
      if (Files.isDirectory(target)) {
        target = target.resolve(name);
      } else if (!name.equals(target.getFileName()) && !hasDirectory(target)) {
        return "Destination unavailable";
      }
      written.put(target.toString(), write(target, bytes(file.getValue())));
    }
    return written;
  }

  private static boolean hasDirectory(Path target) {
    return target.getParent() != null && Files.isDirectory(target.getParent());
  }

  private static boolean write(Path target, byte[] content) {
    try {
      Files.write(target, content);
      return true;
    } catch (IOException e) {
      LOG.error("can't write {}: {}", target, reason(e));
      return false;
    }
  }

  private static byte[] bytes(Object value) {
    return value instanceof Bytes bytes
        ? bytes.toArray()
        : PythonText.str(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Writes one piece; true, or a text that says why not. */
  static Object piece(
      String dest, Object chunk, boolean append, boolean compressed, Long mode, Call call) {
    Path target = Path.of(dest);
    if (call.retcode() == null) {
      call.retcode(0);
    }
    try {
      if (chunk == null) {
        return directory(target);
      }
      byte[] content = Base64.getMimeDecoder().decode(bytes(chunk));
      write(target, compressed ? unzipped(content) : content, append);
      if (!append && mode != null) {
        Files.setAttribute(target, "unix:mode", mode.intValue() & 07777);
      }
      return true;
    } catch (IOException e) {
      call.retcode(1);
      return reason(e);
    }
  }

  private static Object directory(Path target) throws IOException {
    try {
      Files.createDirectories(target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return "Path exists and is a file";
    }
  }

  private static void write(Path target, byte[] content, boolean append) throws IOException {
    if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    OpenOption end = append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    Files.write(target, content, StandardOpenOption.CREATE, StandardOpenOption.WRITE, end);
  }

  private static byte[] unzipped(byte[] content) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return in.readAllBytes();
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() == null
        ? e.getClass().getSimpleName() + ": " + system.getFile()
        : e.getMessage();
  }
}
