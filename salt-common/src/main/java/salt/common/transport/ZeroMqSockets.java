package salt.common.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.Msg;

/** Opens ZeroMQ sockets with Salt's options, and reads and writes whole messages. */
final class ZeroMqSockets {
  /** No message of ours has more frames; what lies beyond is counted, not kept. */
  private static final int FRAMES_KEPT = 16;

  /** JeroMQ makes room for a whole message when its length is announced, by anybody at all. */
  static final long MOST = Runtime.getRuntime().maxMemory() / 4;

  private ZeroMqSockets() {}

  /** Opens a socket that belongs to the calling thread. */
  static ZMQ.Socket open(
      ZMQ.Context context, SocketType type, SocketOptions options, Duration linger) {
    ZMQ.Socket socket = context.socket(type);
    socket.setLinger((int) linger.toMillis());
    socket.setIPv6(options.ipv6());
    socket.setBacklog(options.backlog());
    socket.setMaxMsgSize(Math.min(options.maxMessage(), MOST));
    socket.setMsgAllocator(new MessageAllocator());
    socket.setTCPKeepAlive(options.keepAlive().on() ? 1 : 0);
    if (options.keepAlive().on()) {
      socket.setTCPKeepAliveIdle(options.keepAlive().idle());
      socket.setTCPKeepAliveCount(options.keepAlive().count());
      socket.setTCPKeepAliveInterval(options.keepAlive().interval());
    }
    options.source().ifPresent(source -> leaveFrom(socket, new SourceBinding(source)));
    return socket;
  }

  private static void leaveFrom(ZMQ.Socket socket, SourceBinding binding) {
    socket.setSelectorChooser((address, options) -> binding);
  }

  /** The frames of one waiting message; empty when there is none. */
  static List<Msg> receive(ZMQ.Socket socket) {
    List<Msg> frames = new ArrayList<>(3);
    Msg frame = socket.base().recv(ZMQ.DONTWAIT);
    while (frame != null) {
      if (frames.size() < FRAMES_KEPT) {
        frames.add(frame);
      }
      frame = frame.hasMore() ? socket.base().recv(ZMQ.DONTWAIT) : null;
    }
    return frames;
  }

  /** Sends one message; false when the socket does not take it now. */
  static boolean send(ZMQ.Socket socket, List<byte[]> frames) {
    boolean taken = true;
    for (int i = 0; i < frames.size() && taken; i++) {
      int more = i + 1 < frames.size() ? ZMQ.SNDMORE : 0;
      taken = socket.send(frames.get(i), ZMQ.DONTWAIT | more);
    }
    return taken;
  }
}
