package salt.common.channel;

import java.security.SecureRandom;
import java.util.Base64;

/** Gives one recorded Crypticle key wherever a key is drawn, and real randomness elsewhere. */
final class FixedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;
  private static final int KEY = 56;

  private final byte[] key;

  FixedRandom(String keyString) {
    this.key = Base64.getDecoder().decode(keyString);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    if (bytes.length == KEY) {
      System.arraycopy(key, 0, bytes, 0, KEY);
    } else {
      super.nextBytes(bytes);
    }
  }
}
