package salt.common.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import salt.common.payload.Bytes;
import salt.common.payload.MessagePack;

/** The outer map of requests and of clear replies. */
final class Envelope {
  static final String CLEAR = "clear";
  static final String AES = "aes";

  private Envelope() {}

  /** What ties a reply to its request: 32 hexadecimal digits. */
  static String nonce() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** A request in clear. */
  static byte[] clear(Map<?, ?> load, int version) {
    Map<String, Object> outer = new LinkedHashMap<>();
    outer.put("enc", CLEAR);
    outer.put("load", load);
    outer.put("version", version);
    return MessagePack.NETWORK.pack(outer);
  }

  /** A map signed as a whole: its bytes and the signature over exactly these. */
  static Map<String, Object> signed(byte[] load, byte[] signature) {
    Map<String, Object> outer = new LinkedHashMap<>();
    outer.put("enc", CLEAR);
    outer.put("load", Bytes.wrap(load));
    outer.put("sig", Bytes.wrap(signature));
    return outer;
  }
}
