package salt.minion.module;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import salt.common.config.Options;
import salt.common.loader.CallException;

/** Fetches the script that installs Salt. */
final class BootstrapScript {
  private static final String NEWEST =
      "https://github.com/saltstack/salt-bootstrap/releases/latest/download/bootstrap-salt.sh";
  private static final String NAME = "bootstrap-salt.sh";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private final Options options;

  BootstrapScript(Options options) {
    this.options = options;
  }

  /** Reads the script from an address or path and puts it where deployments look for it. */
  String gather(String source) throws IOException, InterruptedException {
    String from = source == null || source.isEmpty() ? NEWEST : source;
    String script = from.contains("://") ? download(from) : Files.readString(Path.of(from));
    if (!script.startsWith("#!")) {
      throw new CallException(
          CallException.Kind.EXECUTION, from + " is not a script: it does not start with #!");
    }
    Path folder = Path.of(options.text("conf_dir", "/etc/salt")).resolve("cloud.deploy.d");
    Files.createDirectories(folder);
    Path target = folder.resolve(NAME);
    Path fresh = Files.createTempFile(folder, NAME, ".new", MODE);
    Files.writeString(fresh, script);
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return target.toString();
  }

  private static String download(String address) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new CallException(
          CallException.Kind.EXECUTION,
          "Failed to fetch " + address + ": status " + response.statusCode());
    }
    return response.body();
  }
}
