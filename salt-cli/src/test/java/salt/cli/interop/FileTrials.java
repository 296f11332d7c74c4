package salt.cli.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Files from the master, to the master, and from the command line. */
final class FileTrials {
  private static final int SEVERAL_PIECES = 700_001;

  private FileTrials() {}

  static Map<String, Trial> all() {
    Map<String, Trial> all = new LinkedHashMap<>();
    all.put("cp.get_file", FileTrials::getFile);
    all.put("cp.push", FileTrials::push);
    all.put("salt-cp", FileTrials::saltCp);
    return all;
  }

  private static byte[] content() {
    byte[] content = new byte[SEVERAL_PIECES];
    new Random(1).nextBytes(content);
    return content;
  }

  private static void getFile(Console console) throws Exception {
    console.site().serve("größe.bin", content());
    Path target = console.site().files().work().resolve("got-" + console.cli());
    assertThat(console.salt("web1", "cp.get_file", "salt://größe.bin", target.toString()))
        .isEqualTo(Map.of("web1", target.toString()));
    assertThat(target).hasBinaryContent(content());
    Object hash = console.salt("web1", "cp.hash_file", "salt://größe.bin").get("web1");
    assertThat(hash).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) hash).get("hash_type")).isEqualTo("sha256");
  }

  private static void push(Console console) throws Exception {
    Path file = console.site().files().work().resolve("pushed-" + console.cli());
    Files.write(file, content());
    assertThat(console.salt("web1", "cp.push", file.toString())).isEqualTo(Map.of("web1", true));
    Path kept = console.site().files().masterCache().resolve("minions/web1/files" + file);
    assertThat(kept).hasBinaryContent(content());
  }

  private static void saltCp(Console console) throws Exception {
    Path work = console.site().files().work();
    Path file = work.resolve("copied-" + console.cli());
    Files.writeString(file, "Grüße\n".repeat(50_000));
    Path target = work.resolve("copies-" + console.cli() + "/");
    Files.createDirectories(target);
    Outcome outcome =
        console.run("salt-cp", "--out=json", "-C", "web1", file.toString(), target + "/");
    Path copy = target.resolve(file.getFileName());
    assertThat(copy).as("%s", outcome).hasSameTextualContentAs(file);
    assertThat(outcome.json()).isEqualTo(Map.of("web1", Map.of(copy.toString(), true)));
  }
}
