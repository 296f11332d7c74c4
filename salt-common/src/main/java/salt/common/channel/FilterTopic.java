package salt.common.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The first frame of publications with {@code zmq_filtering}. */
public final class FilterTopic {
  /** For all minions: targets that the master does not expand to ids. */
  public static final String BROADCAST = "broadcast";

  /** For all syndics. */
  public static final String SYNDIC = "syndic";

  private FilterTopic() {}

  /** For one minion: the SHA-1 of its id in hexadecimal. */
  public static String of(String id) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
