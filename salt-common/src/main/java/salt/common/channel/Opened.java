package salt.common.channel;

import java.util.Map;
import java.util.Optional;
import salt.common.config.MinionId;
import salt.common.payload.Bytes;

/** What a master found in a request. */
public sealed interface Opened {
  /**
   * A minion asks to sign in; {@link ServerChannel#authReply} makes the answer.
   *
   * @param id any text without NUL; {@link MinionId#isValid} tells whether it can be an id
   * @param publicKey the text that it gives as its key; any text
   * @param load everything it sent, among it {@code autosign_grains}
   * @param version the version of the protocol it speaks
   */
  record Auth(String id, String publicKey, Map<Object, Object> load, int version)
      implements Opened {}

  /**
   * A command in clear; {@link ServerChannel#clearReply} makes the answer.
   *
   * @param load the map; {@code cmd} may be missing
   */
  record Clear(Map<Object, Object> load, int version) implements Opened {}

  /**
   * A sealed request of a minion.
   *
   * @param load the map without {@code nonce} and {@code tok}; {@code cmd} is there
   * @param id who it says it is; nothing only below version 3
   * @param proven whether {@code tok} proved the id: always from version 3 on, below it only where
   *     the minion sent one
   * @param reply seals the answer
   */
  record Aes(
      Map<Object, Object> load, Optional<String> id, int version, boolean proven, ReplySealer reply)
      implements Opened {}

  /**
   * Nothing that can be served.
   *
   * @param reply the body to answer with
   * @param reason for the log
   */
  record Refused(Bytes reply, String reason) implements Opened {}
}
