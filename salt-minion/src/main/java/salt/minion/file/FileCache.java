package salt.minion.file;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import salt.common.loader.CallException;

/**
 * Where a minion keeps files below its {@code cachedir}: {@code files/<saltenv>} those of the file
 * server, {@code extrn_files/<saltenv>/<host>} those of other servers, {@code localfiles} copies of
 * its own.
 */
public final class FileCache {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int LONGEST_NAME = 255;

  private final Path cachedir;

  /** The cache below {@code cachedir}. */
  public FileCache(Path cachedir) {
    this.cachedir = cachedir;
  }

  /** The place of a file of the file server. */
  public Path file(String path, String saltenv) {
    return below(cachedir.resolve("files"), saltenv, path.replaceFirst("^[|/]+", ""));
  }

  /** The place of a copy of a local file. */
  public Path local(String path) {
    return below(cachedir.resolve("localfiles"), path.replaceFirst("^[|/]+", ""));
  }

  /** Keeps a copy of a local file and returns its place. */
  public String keep(Path file) throws IOException {
    Path copy = local(file.toString());
    if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy.toString();
  }

  /** The place of a file from elsewhere; user and password are no part of it. */
  public Path external(String url, String saltenv) {
    URI uri = URI.create(url);
    String host = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    host = host.substring(host.lastIndexOf('@') + 1);
    String query = uri.getRawQuery();
    String name =
        (uri.getRawPath() == null ? "" : uri.getRawPath()) + (query == null ? "" : "-" + query);
    name = name.replaceFirst("^/+", "");
    if (name.length() > LONGEST_NAME) {
      byte[] digest = FileHash.digest("sha256").digest(name.getBytes(StandardCharsets.UTF_8));
      name = HexFormat.of().formatHex(digest);
    }
    return below(
        cachedir.resolve("extrn_files"),
        saltenv,
        uri.getPort() < 0 ? host : host.replace(":", ""),
        name);
  }

  /** Where a URL is or would be cached; a path without a scheme is its own place. */
  public String destination(String url, String saltenv) {
    if (SaltUrl.is(url)) {
      SaltUrl parts = SaltUrl.parse(url);
      return file(parts.path(), parts.saltenv() == null ? saltenv : parts.saltenv()).toString();
    }
    return url.contains("://") ? external(url, saltenv).toString() : url;
  }

  /** Where a URL or path is cached; nothing when it is not. */
  public Optional<String> find(String url, String saltenv) {
    String env = SaltUrl.saltenv(url, saltenv);
    String path = SaltUrl.is(url) ? SaltUrl.parse(url).path() : url;
    String mark = path.startsWith("|") ? "|" : "";
    for (Path candidate : List.of(file(path, env), local(path))) {
      if (Files.exists(candidate)) {
        return Optional.of(mark + candidate);
      }
    }
    if (!url.contains("://") || SaltUrl.is(url)) {
      return Optional.empty();
    }
    Path elsewhere = external(url, env);
    return Files.exists(elsewhere) ? Optional.of(elsewhere.toString()) : Optional.empty();
  }

  /**
   * All cached files of an environment and all local copies. As in Salt, where one of the two
   * directories is not there, everything beside it is listed.
   */
  public List<String> list(String saltenv) throws IOException {
    NavigableSet<String> all = new TreeSet<>();
    for (Path place :
        List.of(below(cachedir.resolve("files"), saltenv), cachedir.resolve("localfiles"))) {
      Path directory = Files.isDirectory(place) ? place : place.getParent();
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
          files.filter(file -> !Files.isDirectory(file)).map(Path::toString).forEach(all::add);
        }
      }
    }
    return List.copyOf(all);
  }

  /** Makes the directories for a file, for this process' user alone. */
  static void makeRoom(Path file) throws IOException {
    Path directory = file.getParent();
    if (Files.isRegularFile(directory)) {
      Files.delete(directory);
    }
    Files.createDirectories(directory, PRIVATE);
  }

  static void removeTree(Path root) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(root)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  private static Path below(Path root, String... parts) {
    Path path = root;
    for (String part : parts) {
      path = path.resolve(part);
    }
    if (!path.normalize().startsWith(root.normalize())) {
      throw new CallException(CallException.Kind.EXECUTION, "Invalid path: " + path);
    }
    return path.normalize();
  }
}
