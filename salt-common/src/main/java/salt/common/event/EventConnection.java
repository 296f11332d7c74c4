package salt.common.event;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** One socket of the bus; used by the bus's thread only. */
@FunctionalInterface
interface EventConnection {
  /**
   * Does what can be done now without waiting.
   *
   * @throws IOException when the connection is of no use any more and shall be closed
   */
  void serve(SelectionKey key) throws IOException;

  /** It has been closed. */
  default void closed() {}
}
