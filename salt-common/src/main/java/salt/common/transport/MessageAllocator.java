package salt.common.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Makes room for messages that arrive.
 *
 * <p>When memory does not suffice for one, JeroMQ's thread would die and with it all connections.
 * Instead the message gets no room at all; what follows on its connection is no message then, and
 * that connection alone ends.
 */
final class MessageAllocator implements MsgAllocator {
  private static final Logger LOG = LoggerFactory.getLogger(MessageAllocator.class);

  @Override
  public Msg allocate(int size) {
    try {
      return new Msg(size);
    } catch (OutOfMemoryError e) {
      LOG.error("no memory for a message of {} bytes; its connection is lost", size);
      return new Msg();
    }
  }
}
