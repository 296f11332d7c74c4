package salt.minion.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import salt.common.payload.Bytes;

/** Keeps what a program writes up to a bound, and says so when there was more. Thread-safe. */
final class BoundedOutput {
  private static final int READ_SIZE = 32768;

  private final long most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  BoundedOutput(long most) {
    this.most = most;
  }

  /**
   * Reads to the end; what is beyond the bound is read and dropped, so that the program goes on.
   *
   * @param stop asked after each read whether to stop and drop what was read last
   * @return whether the end was reached
   */
  boolean readFrom(InputStream stream, BooleanSupplier stop) throws IOException {
    byte[] buffer = new byte[READ_SIZE];
    for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
      if (stop.getAsBoolean()) {
        return false;
      }
      keep(buffer, n);
    }
    return true;
  }

  private synchronized void keep(byte[] buffer, int length) {
    int room = (int) Math.min(length, most - kept.size());
    kept.write(buffer, 0, room);
    cut |= room < length;
  }

  /** What was kept so far; a line of ours at the end when some was dropped. */
  synchronized Bytes content() {
    ByteArrayOutputStream all = kept;
    if (cut) {
      String notice = "\n[output cut: only the first " + most + " bytes were kept]\n";
      all = new ByteArrayOutputStream(kept.size() + notice.length());
      all.writeBytes(kept.toByteArray());
      all.writeBytes(notice.getBytes(StandardCharsets.US_ASCII));
    }
    return Bytes.wrap(all.toByteArray());
  }
}
