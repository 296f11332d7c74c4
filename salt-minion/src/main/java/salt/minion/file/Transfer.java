package salt.minion.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.payload.Fields;

/**
 * The transfer of one file, piece by piece. Its hash is known beforehand: it tells when the file is
 * complete, and whether it came over well. All but the first piece are asked for some at a time.
 */
final class Transfer {
  private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
  private static final int IN_FLIGHT = 4;
  private static final int ATTEMPTS = 3;

  private final FileSource server;
  private final Executor executor;
  private final Map<String, Object> load;
  private final String hashType;
  private final String hash;

  /**
   * A transfer.
   *
   * @param load the request for a piece without its place
   * @param hash the hash of the file; null when it is not known
   */
  Transfer(
      FileSource server,
      Executor executor,
      Map<String, Object> load,
      String hashType,
      String hash) {
    this.server = server;
    this.executor = executor;
    this.load = load;
    this.hashType = hashType;
    this.hash = hash;
  }

  /** Whether the file came over whole; otherwise it was tried again some times in vain. */
  boolean into(AtomicFile file) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      MessageDigest digest = FileHash.digest(hashType);
      try (OutputStream out = file.open()) {
        copy(out, digest, attempt == 1 ? IN_FLIGHT : 1);
      }
      if (hash == null || isComplete(digest)) {
        return true;
      }
      LOG.warn(
          "the file '{}' came over damaged or changed meanwhile, attempt {} of {}",
          load.get("path"),
          attempt,
          ATTEMPTS);
    }
    return false;
  }

  private void copy(OutputStream out, MessageDigest digest, int inFlight) throws IOException {
    byte[] piece = piece(0);
    int size = piece.length;
    long asked = size;
    Deque<CompletableFuture<byte[]>> pieces = new ArrayDeque<>();
    while (piece.length > 0) {
      out.write(piece);
      digest.update(piece);
      if (isComplete(digest)) {
        break;
      }
      for (; pieces.size() < inFlight; asked += size) {
        long place = asked;
        pieces.add(CompletableFuture.supplyAsync(() -> piece(place), executor));
      }
      piece = next(pieces);
    }
    pieces.forEach(left -> left.cancel(false));
  }

  private static byte[] next(Deque<CompletableFuture<byte[]>> pieces) {
    try {
      return pieces.remove().join();
    } catch (CompletionException e) {
      pieces.forEach(left -> left.cancel(false));
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private boolean isComplete(MessageDigest digest) {
    try {
      MessageDigest soFar = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(soFar.digest()).equals(hash);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the digests of the JDK can be copied", e);
    }
  }

  private byte[] piece(long place) {
    Map<String, Object> request = new LinkedHashMap<>(load);
    request.put("loc", place);
    Fields reply = Fields.require("reply to _serve_file", server.ask(request));
    byte[] data = reply.optionalBytes("data").map(bytes -> bytes.toArray()).orElse(new byte[0]);
    if (reply.any("gzip") == null || data.length == 0) {
      return data;
    }
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(data))) {
      return unzipped.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the file server sent a damaged piece", e);
    }
  }
}
