package salt.common.jinja.filter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import salt.common.jinja.value.Errors;
import salt.common.jinja.value.Texts;
import salt.common.loader.PythonError;
import salt.common.payload.Bytes;

/** Salt's filters that look at files and users of this machine. */
final class FileFilters {
  private static final int LOOKED_AT = 512;
  private static final int MOST_FILES = 100_000;
  private static final double MOST_BINARY = 0.3;

  private FileFilters() {}

  static void add(Filters.Table table) {
    table
        .filter("is_empty", "is_empty(filename)", (e, a) -> isEmpty(path(a[0])))
        .filter("is_text_file", "is_text(fp_, blocksize=512)", (e, a) -> isText(path(a[0])))
        .filter("is_bin_file", "is_binary(path)", (e, a) -> isBinary(path(a[0])))
        .filter("list_files", "list_files(directory)", (e, a) -> list(path(a[0])))
        .filter(
            "file_hashsum",
            "get_hash(path, form='sha256', chunk_size=65536)",
            (e, a) -> hash(path(a[0]), Texts.str(a[1])))
        .filter("which", "which(exe=None)", (e, a) -> which(Texts.str(a[0])))
        .filter("get_uid", "get_uid(user=None)", (e, a) -> uid(Texts.str(a[0])));
  }

  private static Path path(Object value) {
    try {
      return Path.of(Given.unicode(value));
    } catch (InvalidPathException e) {
      throw Errors.value("embedded null byte");
    }
  }

  private static boolean isEmpty(Path path) {
    try {
      return Files.isRegularFile(path) && Files.size(path) == 0;
    } catch (IOException unreadable) {
      // What can't be read does not count as empty.
      return false;
    }
  }

  private static byte[] start(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(LOOKED_AT);
    }
  }

  private static boolean isText(Path path) {
    try {
      return Files.isRegularFile(path) && isText(start(path));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean isText(byte[] start) {
    int odd = 0;
    for (byte b : start) {
      int c = Byte.toUnsignedInt(b);
      if (c == 0) {
        return false;
      }
      odd += (c >= 32 && c < 127) || "\n\r\t\f\b".indexOf(c) >= 0 ? 0 : 1;
    }
    boolean utf8 = Bytes.wrap(start).text().isPresent();
    return utf8 || start.length == 0 || odd / (double) start.length <= MOST_BINARY;
  }

  private static boolean isBinary(Path path) {
    try {
      return Files.isRegularFile(path) && !isText(start(path));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static Object list(Path path) {
    List<Object> files = new ArrayList<>();
    files.add(path.toString());
    if (!Files.isDirectory(path)) {
      return files;
    }
    try (Stream<Path> all = Files.walk(path)) {
      all.skip(1).limit(MOST_FILES).forEach(file -> files.add(file.toString()));
    } catch (IOException e) {
      throw new PythonError("OSError", e.getMessage());
    }
    return files;
  }

  private static Object hash(Path path, String form) {
    String name = form.toLowerCase(Locale.ROOT);
    MessageDigest digest =
        HashFilters.digest("md5".equals(name) ? "MD5" : name.replace("sha", "SHA-"));
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[65536];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (NoSuchFileException e) {
      throw new PythonError(
          "FileNotFoundError",
          "[Errno 2] No such file or directory: " + Texts.repr(path.toString()));
    } catch (IOException e) {
      throw new PythonError("OSError", e.getMessage());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Object which(String program) {
    if (program.indexOf('/') >= 0) {
      return executable(Path.of(program)) ? program : null;
    }
    String search = System.getenv("PATH") == null ? "" : System.getenv("PATH");
    for (String directory :
        (search + ":/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/bin").split(":", -1)) {
      Path file = Path.of(directory, program);
      if (!directory.isEmpty() && executable(file)) {
        return file.toString();
      }
    }
    return null;
  }

  private static boolean executable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  private static Object uid(String user) {
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 2 && fields[0].equals(user))
          .findFirst()
          .<Object>map(fields -> Long.valueOf(fields[2]))
          .orElse(null);
    } catch (IOException | NumberFormatException unreadable) {
      // A machine without this file has no users that Salt could name.
      return null;
    }
  }
}
