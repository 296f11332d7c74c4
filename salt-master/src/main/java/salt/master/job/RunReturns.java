package salt.master.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.config.MinionId;
import salt.common.payload.MessagePack;

/**
 * Keeps what runs on the master returned among the jobs, as returned by the master's own id.
 *
 * <p>Any process may do that beside a master: the journal of {@link LocalJobCache} is not touched,
 * and files are written beside their place and renamed.
 */
public final class RunReturns {
  private final Path jobs;
  private final LocalJobReader reader;

  /**
   * Writes to the job cache below {@code cacheDir}.
   *
   * @param hashType the option {@code hash_type}
   */
  public RunReturns(Path cacheDir, String hashType) {
    this.jobs = cacheDir.resolve("jobs");
    this.reader = new LocalJobReader(cacheDir, hashType);
  }

  /**
   * Keeps one return.
   *
   * @param id the master's id ({@code id} of its options)
   * @param data what is told of the run: {@code fun}, {@code user}, {@code return}...
   * @throws UncheckedIOException when it cannot be written
   */
  public void keep(String jid, String id, Map<String, Object> data) {
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("fun", data.get("fun"));
    load.put("id", id);
    load.put("jid", jid);
    load.put("return", data);
    load.put("tgt", id);
    load.put("user", data.get("user"));
    Path job = jobs.resolve(reader.relative(jid));
    try {
      Files.createDirectories(job);
      write(job.resolve(".minions.p"), MessagePack.BIN.pack(List.of()));
      write(job.resolve(".load.p"), MessagePack.BIN.pack(load));
      write(job.resolve("jid"), jid.getBytes(StandardCharsets.US_ASCII));
      if (MinionId.isValid(id)) {
        Files.createDirectories(job.resolve(id));
        write(job.resolve(id).resolve("return.p"), MessagePack.BIN.pack(Map.of("return", data)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the job " + jid + ": " + e, e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path beside = Files.createTempFile(file.getParent(), ".", ".new");
    Files.write(beside, content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
