package salt.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Copies files of any size, and directories, piece by piece. */
final class ChunkedCopy {
  private static final int MISSING = 42;
  private static final int MODE_BITS = 07777;

  private final CopyRequest request;
  private final CopyJobs jobs;
  private final boolean gzip;

  /** Where each file goes; likewise the empty directories. */
  private final Map<Path, String> files = new LinkedHashMap<>();

  private final Map<Path, String> directories = new LinkedHashMap<>();

  private final Map<String, Map<String, Object>> results = new TreeMap<>();

  ChunkedCopy(CopyRequest request, CopyJobs jobs) {
    this.request = request;
    this.jobs = jobs;
    this.gzip = request.options().flag("gzip");
  }

  /**
   * Copies.
   *
   * @return for each minion, each path there with true or what went wrong
   */
  Map<String, Map<String, Object>> run() throws IOException, InterruptedException {
    for (Path source : request.sources()) {
      if (!Files.exists(source)) {
        throw new SourceProblem(source + " does not exist", MISSING);
      }
      find(source, source.getFileName().toString(), new ArrayList<>());
    }
    boolean into =
        !directories.isEmpty() || files.size() > 1 || request.destination().matches(".*[\\\\/]");
    for (Map.Entry<Path, String> file : files.entrySet()) {
      boolean alone = !into && request.sources().contains(file.getKey());
      if (!copy(file.getKey(), alone ? request.destination() : below(file.getValue()))) {
        return results;
      }
    }
    for (String directory : directories.values()) {
      List<Object> arguments = new ArrayList<>();
      arguments.add(below(directory));
      arguments.add(null);
      keep(below(directory), jobs.run("cp.recv_chunked", arguments));
    }
    return results;
  }

  /** Joins as Python's os.path.join does. */
  private String below(String name) {
    String destination = request.destination();
    return destination.isEmpty() || destination.endsWith("/")
        ? destination + name
        : destination + "/" + name;
  }

  /**
   * Finds what is to be copied.
   *
   * @param above the real directories above it, as links may lead in a circle
   */
  private void find(Path path, String name, List<Path> above) throws IOException {
    if (!Files.isDirectory(path)) {
      files.put(path, name);
      return;
    }
    Path real = path.toRealPath();
    if (above.contains(real)) {
      throw new SourceProblem(path + " is a link to a directory that it is in", MISSING);
    }
    above.add(real);
    List<Path> children;
    try (Stream<Path> listed = Files.list(path)) {
      children = listed.sorted().toList();
    }
    if (children.isEmpty()) {
      directories.put(path, name);
    }
    for (Path child : children) {
      find(child, name + "/" + child.getFileName(), above);
    }
    above.remove(real);
  }

  /** Copies one file; false when there is nobody to copy to. */
  private boolean copy(Path file, String path) throws IOException, InterruptedException {
    int size = Math.max(1, request.options().integer("salt_cp_chunk_size"));
    long mode = ((Number) Files.getAttribute(file, "unix:mode")).longValue() & MODE_BITS;
    try (InputStream in = Files.newInputStream(file)) {
      boolean append = false;
      for (byte[] chunk = in.readNBytes(size);
          chunk.length > 0 || !append;
          chunk = in.readNBytes(size)) {
        String text = Base64.getEncoder().encodeToString(gzip ? compress(chunk) : chunk);
        Map<String, Object> returns =
            jobs.run("cp.recv_chunked", List.of(path, text, append, gzip, mode));
        if (returns.isEmpty()) {
          return false;
        }
        keep(path, returns);
        append = true;
      }
    }
    return true;
  }

  private static byte[] compress(byte[] chunk) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(chunk);
    }
    return out.toByteArray();
  }

  /** The first failure of a minion stays. */
  private void keep(String path, Map<String, Object> returns) {
    returns.forEach(
        (id, result) ->
            results
                .computeIfAbsent(id, any -> new LinkedHashMap<>())
                .merge(path, result, (before, now) -> before.equals(true) ? now : before));
  }
}
