package salt.minion.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import salt.common.config.Options;
import salt.common.payload.MessagePack;

/** The files of a case: written before it, read after each call. */
final class CaseTree {
  private final Path root;

  CaseTree(Path root) {
    this.root = root;
  }

  /** A value with the directory of the case in the place of {@code $ROOT}. */
  Object placed(Object value) {
    if (value instanceof String text) {
      return text.replace("$RELROOT", root.toString().substring(1))
          .replace("$ROOT", root.toString());
    } else if (value instanceof List<?> list) {
      List<Object> result = new ArrayList<>();
      list.forEach(item -> result.add(placed(item)));
      return result;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach((key, item) -> result.put(placed(key), placed(item)));
      return result;
    }
    return value;
  }

  void write(Object files) throws IOException {
    Files.createDirectories(root.resolve("w"));
    if (!(files instanceof Map<?, ?> map)) {
      return;
    }
    for (Map.Entry<?, ?> file : map.entrySet()) {
      Path path = root.resolve((String) file.getKey());
      Files.createDirectories(path.getParent());
      if (file.getValue() instanceof String text) {
        Files.writeString(path, (String) placed(text));
      } else {
        write(path, (Map<?, ?>) file.getValue());
      }
    }
    // Directories last, so that a mode without x hinders nothing.
    for (Map.Entry<?, ?> file : map.entrySet()) {
      if (file.getValue() instanceof Map<?, ?> form && form.get("mode") instanceof String mode) {
        Files.setAttribute(
            root.resolve((String) file.getKey()), "unix:mode", Integer.parseInt(mode, 8));
      }
    }
  }

  private void write(Path path, Map<?, ?> form) throws IOException {
    if ("link".equals(form.get("type"))) {
      Files.createSymbolicLink(path, Path.of((String) placed(form.get("target"))));
      return;
    } else if ("dir".equals(form.get("type"))) {
      Files.createDirectories(path);
    } else if (form.get("base64") instanceof String base64) {
      Files.write(path, Base64.getDecoder().decode(base64));
    } else {
      Files.writeString(path, (String) placed(form.get("content")));
    }
    if (form.get("mtime") instanceof Number seconds) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(seconds.longValue())));
    }
  }

  /** What lies below {@code w}, in the form of the recordings. */
  Map<String, Object> read() throws IOException {
    Map<String, Object> tree = new TreeMap<>();
    Path work = root.resolve("w");
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path path : (Iterable<Path>) paths.filter(one -> !one.equals(work))::iterator) {
        tree.put(root.relativize(path).toString(), form(path));
      }
    }
    return tree;
  }

  private static Map<String, Object> form(Path path) throws IOException {
    Map<String, Object> form = new LinkedHashMap<>();
    if (Files.isSymbolicLink(path)) {
      form.put("type", "link");
      form.put("target", Files.readSymbolicLink(path).toString());
      return form;
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    form.put("type", Files.isDirectory(path) ? "dir" : "file");
    form.put("mode", "%04o".formatted(mode & 07777));
    if (Files.isRegularFile(path)) {
      byte[] content = Files.readAllBytes(path);
      String text = new String(content, StandardCharsets.UTF_8);
      boolean plain = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content);
      form.put(
          plain ? "content" : "base64", plain ? text : Base64.getEncoder().encodeToString(content));
      int links = (Integer) Files.getAttribute(path, "unix:nlink");
      if (links > 1) {
        form.put("nlink", (long) links);
      }
    }
    return form;
  }

  /** The step {@code $running JID FUN}: another process runs a job. */
  static void pretendJob(Options options, String[] words) throws IOException {
    Path proc = Files.createDirectories(options.path("cachedir").resolve("proc"));
    long pid = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("jid", words[1]);
    job.put("fun", words[2]);
    job.put("pid", pid);
    job.put("tgt", "*");
    job.put("tgt_type", "glob");
    job.put("ret", "");
    job.put("user", "root");
    job.put("arg", List.of());
    Files.write(proc.resolve(words[1]), MessagePack.BIN.pack(job));
  }

  static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
