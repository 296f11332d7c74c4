package salt.minion.file;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import salt.common.config.Options;
import salt.common.loader.CallException;

/** Fetches files by http, https and ftp. */
public final class WebFiles {
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  private final Duration connect;
  private final Duration request;

  WebFiles(Options options) {
    this.connect = seconds(options.number("http_connect_timeout"), 20);
    this.request = seconds(options.number("http_request_timeout"), 3600);
  }

  private static Duration seconds(double value, int fallback) {
    return Duration.ofMillis(Math.round((value > 0 ? value : fallback) * 1000));
  }

  /**
   * What to check when a file is fetched.
   *
   * @param hash the hash of a cached copy that need not be fetched again; null for none
   * @param certificate whether the server must prove who it is
   * @param etag whether the server is asked if its file is another than the one fetched before
   */
  public record Check(String hash, boolean certificate, boolean etag) {
    /** The certificate alone. */
    public static final Check DEFAULT = new Check(null, true, false);
  }

  static boolean isLocal(String url) {
    return url.startsWith("file:") || !url.contains("://");
  }

  static String localPath(String url) {
    String path = url.startsWith("file:") ? url.replaceFirst("^file:(//)?", "") : url;
    path = path.length() > 1 ? path.replaceFirst("/+$", "") : path;
    if (!path.startsWith("/")) {
      throw failure("Path '" + path + "' is not absolute", null);
    }
    return path;
  }

  /** The place of a URL's file when it is to go into a directory. */
  static String inside(String destination, String url) {
    if (!destination.endsWith("/") && !Files.isDirectory(Path.of(destination))) {
      return destination;
    }
    URI uri = URI.create(url);
    boolean named =
        uri.getQuery() != null || (uri.getPath() != null && uri.getPath().matches("/.*[^/]"));
    String name = named ? url.substring(url.lastIndexOf('/') + 1) : "index.html";
    return destination + (destination.endsWith("/") ? "" : "/") + name;
  }

  void fetch(String url, Path place, Check check) throws IOException {
    Path part = place.resolveSibling(place.getFileName() + ".part");
    Path etag = place.resolveSibling(place.getFileName() + ".etag");
    try {
      if (url.startsWith("ftp:")) {
        try (InputStream in = URI.create(url).toURL().openStream()) {
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
      } else {
        String known =
            check.etag() && Files.exists(place) && Files.exists(etag)
                ? Files.readString(etag).strip()
                : null;
        HttpResponse<Path> response = get(url, check, known, BodyHandlers.ofFile(part));
        if (response.statusCode() == NOT_MODIFIED) {
          return;
        }
        Optional<String> tag = response.headers().firstValue("etag");
        if (check.etag() && tag.isPresent()) {
          Files.writeString(etag, tag.get());
        }
      }
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  byte[] content(String url) throws IOException {
    if (url.startsWith("ftp:")) {
      try (InputStream in = URI.create(url).toURL().openStream()) {
        return in.readAllBytes();
      }
    }
    return get(url, Check.DEFAULT, null, BodyHandlers.ofByteArray()).body();
  }

  private <T> HttpResponse<T> get(String url, Check check, String etag, BodyHandler<T> handler) {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw failure("Unsupported path: " + url, null);
    }
    HttpRequest.Builder builder = HttpRequest.newBuilder(withoutUser(uri)).timeout(request);
    if (uri.getUserInfo() != null) {
      byte[] account = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
      builder.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account));
    }
    if (etag != null) {
      builder.header("If-None-Match", etag);
    }
    try {
      HttpResponse<T> response = client(check).send(builder.build(), handler);
      int status = response.statusCode();
      if (status != OK && !(status == NOT_MODIFIED && etag != null)) {
        throw failure("Error: HTTP " + status + " reading " + uri.getPath(), null);
      }
      return response;
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw failure("Error: " + reason + " reading " + uri.getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted while reading " + uri.getPath(), e);
    }
  }

  private HttpClient client(Check check) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(connect).followRedirects(HttpClient.Redirect.NORMAL);
    if (!check.certificate()) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAnyone()}, null);
        builder.sslContext(context);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK has TLS", e);
      }
    }
    return builder.build();
  }

  private static URI withoutUser(URI uri) {
    if (uri.getRawUserInfo() == null) {
      return uri;
    }
    return URI.create(uri.toString().replace(uri.getRawUserInfo() + "@", ""));
  }

  private static CallException failure(String message, Throwable cause) {
    return new CallException(CallException.Kind.EXECUTION, message, cause);
  }
}
